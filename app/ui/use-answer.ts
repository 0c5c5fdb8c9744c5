import { useActionData } from '@remix-run/react';
import { useState } from 'react';

/**
 * What the action answered to the form that this document is the answer to. Unlike `useActionData` alone it stays when
 * the reader follows a link within the page: the router takes that for a navigation and would forget it.
 */
export function useAnswer<Action>() {
  const [answer] = useState(useActionData<Action>());
  return answer;
}
