import { z } from 'zod';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { noteAct } from '~/audit/noted-act.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { storeEmployee } from '~/helpdesk/close-relations.server';
import { languageOfRequest, rememberDevice } from '~/i18n/request-language.server';
import { actorOf } from '~/identity/asker.server';
import { TooLittleAssurance } from '~/identity/assurance.server';
import { departureOf, noDepartureCookie, sessionCookie } from '~/identity/cookies.server';
import { leaveFor } from '~/identity/leave.server';
import { arrival } from '~/identity/openid.server';
import { isProviderFailure } from '~/identity/provider-answer.server';
import { RepresentationRefused } from '~/identity/represents.server';
import { endSession, openSession } from '~/identity/session.server';
import { safeReturn } from '~/identity/way-back.server';
import { noteColleague } from '~/mandate/colleague.server';
import { LANGUAGES } from '~/model/language';
import { alarm, errorName, log } from '~/platform/log.server';
import { signIns } from '~/platform/metrics.server';
import { chainPseudonyms, holderOf } from '~/platform/pseudonym.server';
import { isStoreFailure } from '~/platform/store-failure';

const NOBODY = { id: 'anyone', role: 'anyone' } as const;

/** RFC 6749, §4.1.2.1: the provider can't answer now. */
const OUT_OF_ORDER = ['temporarily_unavailable', 'server_error'];

const departureSchema = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  leftAt: z.number(),
  to: z.string(),
  language: z.enum(LANGUAGES),
  isShared: z.boolean(),
  as: z.string().optional(),
  level: z.string().optional(),
  way: z.string().optional(),
});

/** The provider's callback. Anything that does not match is refused, and can be tried again. */
export async function loader({ request }: LoaderFunctionArgs) {
  // A link checker asks by HEAD, and must not use up the code.
  if (request.method === 'HEAD') return new Response(null, { status: 204 });
  const { searchParams } = new URL(request.url);
  const departure = departureIn(request, searchParams.get('state') ?? '');
  const language = departure?.language ?? languageOfRequest(request);
  const to = safeReturn(departure?.to ?? null, language);
  const back = (reason: string, detail = reason) => {
    signIns.inc({ outcome: reason });
    noteAct(NOBODY, { action: 'refuse-sign-in', objectType: 'session', result: 'denied', reason: detail });
    return redirect(`/${language}/sign-in?${new URLSearchParams({ reason, to })}`, {
      // Without a matching attempt no cookie is removed: it belongs to another tab's.
      headers: departure ? { 'set-cookie': noDepartureCookie(departure.state) } : {},
    });
  };
  const refusal = searchParams.get('error');
  // Some providers send no state back with a refusal.
  if (refusal === 'access_denied') return back('cancelled');
  if (refusal !== null) return back(OUT_OF_ORDER.includes(refusal) ? 'unavailable' : 'failed', `provider: ${refusal}`);
  if (!departure) return back('failed');
  try {
    const { employee, ...signedIn } = await arrival(request, departure);
    if (departure.as !== undefined && departure.as !== holderOf(signedIn)) {
      alarm('another-person-signed-in-again');
      await endSession(request);
      return back('failed');
    }
    // First: without it an employee might open their own file.
    if (employee) await storeEmployee(signedIn.id, employee);
    const id = await openSession(request, signedIn, departure.isShared);
    await addAuditEntry(actorOf(signedIn), {
      action: 'sign-in',
      objectType: 'session',
      actorUnit: chainPseudonyms(signedIn.represented?.chain ?? []),
    });
    await noteColleague(signedIn);
    signIns.inc({ outcome: 'done' });
    const headers = new Headers({ 'set-cookie': sessionCookie(id, holderOf(signedIn)) });
    headers.append('set-cookie', noDepartureCookie(departure.state));
    rememberDevice(headers, language, departure.isShared);
    return redirect(to, { headers });
  } catch (error) {
    // The role is known only now, and needs a stronger means: ask once for it.
    if (error instanceof TooLittleAssurance && departure.level !== error.needed)
      return leaveFor(request, { ...departure, to, level: error.needed }).catch(() => back('unavailable'));
    if (error instanceof TooLittleAssurance) return back('weak', error.message);
    if (error instanceof RepresentationRefused) return back('represents', error.message);
    log('sign-in-refused', { error: errorName(error) }, 'warn');
    return back(isStoreFailure(error) || isProviderFailure(error) ? 'unavailable' : 'failed');
  }
}

function departureIn(request: Request, state: string): z.infer<typeof departureSchema> | null {
  try {
    return departureSchema.parse(JSON.parse(departureOf(request, state) ?? ''));
  } catch {
    return null;
  }
}
