import { z } from 'zod';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { storeEmployee } from '~/helpdesk/close-relations.server';
import { languageOfRequest } from '~/i18n/request-language.server';
import { departureOf, noDepartureCookie, sessionCookie } from '~/identity/cookies.server';
import { arrival } from '~/identity/openid.server';
import { openSession, safeReturn } from '~/identity/session.server';
import { noteColleague } from '~/mandate/colleague.server';
import { LANGUAGES } from '~/model/language';
import { errorName, log } from '~/platform/log.server';

const departureSchema = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  to: z.string(),
  language: z.enum(LANGUAGES),
  isShared: z.boolean(),
});

/** The provider's callback. Anything that does not match is refused, and can be tried again. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const departure = departureIn(request, searchParams.get('state') ?? '');
  const language = departure?.language ?? languageOfRequest(request);
  const to = safeReturn(departure?.to ?? null, language);
  const back = (reason: string) =>
    redirect(`/${language}/sign-in?${new URLSearchParams({ reason, to })}`, {
      // Without a matching attempt no cookie is removed: it belongs to another tab's.
      headers: departure ? { 'set-cookie': noDepartureCookie(departure.state) } : {},
    });
  if (!departure) return back('failed');
  if (searchParams.get('error') === 'access_denied') return back('cancelled');
  try {
    const { employee, ...signedIn } = await arrival(request, departure);
    // First: without it an employee might open their own file.
    if (employee) await storeEmployee(signedIn.id, employee);
    const id = await openSession(request, signedIn, departure.isShared);
    await noteColleague(signedIn);
    const headers = new Headers({ 'set-cookie': sessionCookie(id) });
    headers.append('set-cookie', noDepartureCookie(departure.state));
    return redirect(to, { headers });
  } catch (error) {
    log('sign-in-refused', { error: errorName(error) }, 'warn');
    return back('failed');
  }
}

function departureIn(request: Request, state: string): z.infer<typeof departureSchema> | null {
  try {
    return departureSchema.parse(JSON.parse(departureOf(request, state) ?? ''));
  } catch {
    return null;
  }
}
