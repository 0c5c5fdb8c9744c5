import { createContext, useContext } from 'react';

/** The hidden field with the mark of the person for whom a form was rendered. */
export const FORM_OWNER = 'form-owner';

const FormOwnerContext = createContext<string | null>(null);

export const FormOwnerProvider = FormOwnerContext.Provider;

/**
 * For a form whose address and fields don't say whose it is: refused when another person has signed in since. Give the form
 * `action="?"`, so that it leaves the query by which its page says so.
 */
export function FormOwner() {
  const mark = useContext(FormOwnerContext);
  return mark ? <input type="hidden" name={FORM_OWNER} value={mark} /> : null;
}
