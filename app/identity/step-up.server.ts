import { redirect } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { draftOwner, holderOf } from '~/platform/pseudonym.server';
import { isAtLeast } from './assurance.server';
import { keepDraft } from './draft.server';
import { settingsBehind } from './provider.server';
import { type Session, sessionOf } from './session.server';
import { limitsOf, sessionNow } from './session-limits.server';
import { wayBack } from './way-back.server';

/**
 * Requires a sign-in of just now, by a means as strong as `stepUp` of the provider's levels; else redirects to the sign-in page,
 * which leads back here. Each sign-in opens a new session, so the session's age tells. Call it in the loader of a page
 * with a form, before anything is filled in, and in its action: a form may be sent for as long as a session lasts without
 * use.
 */
export async function requireStepUp(request: Request): Promise<void> {
  const session = await sessionOf(request);
  const settings = settingsBehind(session?.signedIn.way);
  const { stepUp, stepUpMinutes = 0 } = settings.assurance ?? {};
  if (stepUp === undefined) return;
  const minutes = stepUpMinutes + (session && request.method === 'POST' ? idleMinutes(session) : 0);
  const isFresh = session && sessionNow().since(session.openedAt).total('minutes') <= minutes;
  if (isFresh && isAtLeast(settings, session.signedIn.assurance, stepUp)) return;
  const { pathname, searchParams } = new URL(request.url);
  if (session && request.method === 'POST') await keepDraft(request, draftOwner(holderOf(session.signedIn)), pathname);
  const search = new URLSearchParams({ reason: 'again', to: wayBack(pathname, searchParams) });
  throw redirect(`/${languageOfPage(request)}/sign-in?${search}`);
}

/**
 * Requires a sign-in of just now by any means of the role, where the provider's levels have `stepUp`: for ending one's other
 * sessions, which must not need a means that the person may not have.
 */
export async function requireFreshSignIn(request: Request): Promise<void> {
  const session = await sessionOf(request);
  const { stepUp, stepUpMinutes = 0 } = settingsBehind(session?.signedIn.way).assurance ?? {};
  if (stepUp === undefined || !session || sessionNow().since(session.openedAt).total('minutes') <= stepUpMinutes)
    return;
  const search = new URLSearchParams({ reason: 'fresh', to: new URL(request.url).pathname });
  throw redirect(`/${languageOfPage(request)}/sign-in?${search}`);
}

const idleMinutes = ({ signedIn, isShared }: Session) => limitsOf(signedIn.role, isShared).idleMinutes;
