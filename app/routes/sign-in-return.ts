import { z } from 'zod';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { noteWhoHeIs } from '~/helpdesk/close-by.server';
import { languageOfRequest } from '~/i18n/request-language.server';
import { departureOf, noDepartureCookie, sessionCookie } from '~/identity/cookies.server';
import { arrival } from '~/identity/openid.server';
import { openSession, safeReturn } from '~/identity/session.server';
import { noteColleague } from '~/mandate/colleague.server';
import { LANGUAGES } from '~/model/language';
import { errorName, log } from '~/platform/log.server';

const keptSchema = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  to: z.string(),
  language: z.enum(LANGUAGES),
});

/** The provider's callback. Anything that does not match is refused, and can be tried again. */
export async function loader({ request }: LoaderFunctionArgs) {
  const kept = keptOf(request);
  const language = kept?.language ?? languageOfRequest(request);
  const to = safeReturn(kept?.to ?? null, language);
  const back = (reason: string) =>
    redirect(`/${language}/sign-in?${new URLSearchParams({ reason, to })}`, {
      headers: { 'set-cookie': noDepartureCookie },
    });
  if (!kept) return back('failed');
  if (new URL(request.url).searchParams.get('error') === 'access_denied') return back('cancelled');
  try {
    const { employee, ...signedIn } = await arrival(request, kept);
    // First: without it an employee might open their own file.
    if (employee) await noteWhoHeIs(signedIn.id, employee);
    const id = await openSession(request, signedIn);
    await noteColleague(signedIn);
    const headers = new Headers({ 'set-cookie': sessionCookie(id) });
    headers.append('set-cookie', noDepartureCookie);
    return redirect(to, { headers });
  } catch (error) {
    log('sign-in-refused', { error: errorName(error) }, 'warn');
    return back('failed');
  }
}

function keptOf(request: Request): z.infer<typeof keptSchema> | null {
  try {
    return keptSchema.parse(JSON.parse(departureOf(request) ?? ''));
  } catch {
    return null;
  }
}
