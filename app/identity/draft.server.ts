import { z } from 'zod';
import { errorName, log } from '~/platform/log.server';
import { deleteDraft, readDraft, saveDraft } from '~/store/draft.server';
import { FORM_OWNER } from '~/ui/form-owner';
import { sessionNow } from './session-limits.server';

/** What a person typed into a form that was not sent: field name → values. */
export type Draft = Readonly<Record<string, readonly string[]>>;

/** For how long a form is kept. */
const MINUTES = 30;
const MOST_FIELDS = 60;
/** Of one form, as JSON. */
const MOST_CHARACTERS = 16_384;
/** A code is told to one person for one use, so it is typed again. */
const SECRET = /code|secret|password|token|digits/i;
const NO_FIELDS: readonly string[] = ['do', FORM_OWNER];

/** What became of a form: there was nothing in it but a button, it was kept, or it could not be kept. */
export type KeptDraft = 'unsent' | 'kept' | 'lost';

const draftSchema = z.record(z.string(), z.array(z.string()));

/**
 * Keeps what a request's form holds, for a person and for this address. Leaves out codes and other secrets.
 *
 * @param owner the person's `draftOwner`
 * @param path the form's address; its language and query are ignored
 */
export async function keepDraft(request: Request, owner: string, path: string): Promise<KeptDraft> {
  try {
    const form = await request.clone().formData();
    const names = [...new Set(form.keys())].filter((name) => !NO_FIELDS.includes(name) && !SECRET.test(name));
    const content = JSON.stringify(Object.fromEntries(names.map((name) => [name, form.getAll(name).map(String)])));
    if (names.length === 0) return 'unsent';
    if (names.length > MOST_FIELDS || content.length > MOST_CHARACTERS) return 'lost';
    await saveDraft({ subject: owner, page: pageOf(path) }, content, sessionNow().add({ minutes: MINUTES }));
    return 'kept';
  } catch (error) {
    log('draft-not-kept', { error: errorName(error) }, 'warn');
    return 'lost';
  }
}

/** What this person typed into the form at this address; null when nothing is kept. */
export async function draftOf(owner: string, path: string): Promise<Draft | null> {
  const content = await readDraft({ subject: owner, page: pageOf(path) }, sessionNow());
  return content === null ? null : draftSchema.parse(JSON.parse(content));
}

export const forgetDraft = (owner: string, path: string): Promise<void> =>
  deleteDraft({ subject: owner, page: pageOf(path) });

/** People may change the language while they sign in. */
const pageOf = (path: string): string => path.replace(/^\/[a-z]{2}(?=\/|$)/, '').replace(/\?.*$/, '');
