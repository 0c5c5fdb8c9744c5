import type { Language } from '../../app/model/language';
import type { Agency } from '../../mocks/agency';
import type { Actor, Answer } from './actors';
import { referenceOf } from './looking';

/** References that an actor can use in an address, by the name of the address's part. */
export type References = Readonly<Record<string, string>>;

/**
 * Returns the only match of a pattern's group.
 *
 * @throws Error with the beginning of the answer when there is none
 */
function found({ body, status, to }: Answer, pattern: RegExp): string {
  // React leaves a comment between two texts that it joined.
  const text = pattern.exec(to ?? body.replaceAll('<!-- -->', ''))?.[1];
  if (text === undefined) throw new Error(`No ${pattern} in an answer with ${status} to ${to}: ${body.slice(0, 300)}`);
  return text;
}

/** Books a visit and gives a mandate for an applicant. Returns their case, hold, booking and mandate. */
export async function applicantReferences(client: Actor, advisor: Actor, agency: Agency): Promise<References> {
  const ref = found(await client.ask('GET', '/nl/cases'), /\/nl\/cases\/([\w-]+)/);
  const { hold, booking } = await bookedVisit(client, ref);
  return { case: ref, hold, booking, mandate: await givenMandate(client, advisor, agency) };
}

/** Books the first free time of a case by its address. @param actor the person, or an advisor who may arrange their visits */
export async function bookedVisit(
  actor: Actor,
  ref: string,
): Promise<{ readonly hold: string; readonly booking: string }> {
  const search = `/nl/cases/${ref}/appointment`;
  const slot = found(await actor.ask('GET', search), /name="slot" value="([^"]+)"/);
  const hold = found(await actor.ask('POST', search, { slot }), /\/holds\/([\w-]+)/);
  const fields = new URLSearchParams({ do: 'confirm' });
  const form = (await actor.ask('GET', `/nl/holds/${hold}`)).body;
  for (const [input] of form.matchAll(/<input [^>]*>/g)) {
    const [name, value] = ['name', 'value'].map((key) => new RegExp(` ${key}="([^"]*)"`).exec(input)?.[1] ?? '');
    if (name) fields.set(name, value ?? '');
  }
  fields.set('email', `${actor.name}@example.org`);
  const booking = found(await actor.ask('POST', `/nl/holds/${hold}`, fields), /\/bookings\/([\w-]+)/);
  return { hold, booking };
}

/** Gives a mandate, from the code to the client's yes, under which a colleague may stand in. Returns its id. */
export async function givenMandate(client: Actor, advisor: Actor, agency: Agency): Promise<string> {
  const code = found(await client.ask('POST', '/nl/mandates', { do: 'code' }), /class="code"[^>]*>([\d ]+)</);
  await advisor.ask('POST', '/nl/advisor/mandates', { reference: referenceOf(agency, client.name), code });
  const mandate = found(await client.ask('GET', '/nl/mandates'), /\/nl\/mandates\/([\w-]+)/);
  await client.ask('POST', `/nl/mandates/${mandate}`, { do: 'yes', colleague: 'yes' });
  return mandate;
}

/** The reference of an advisor's first client, as it stands in addresses. */
export const clientOf = async (advisor: Actor): Promise<string> =>
  found(await advisor.ask('GET', '/nl/advisor'), /\/nl\/advisor\/clients\/([\w-]+)/);

/** Returns an advisor's client, mandate and calendar. */
export async function advisorReferences(advisor: Actor, client: References): Promise<References> {
  return {
    mandate: client.mandate ?? '',
    ref: await clientOf(advisor),
    feed: found(await advisor.ask('POST', '/nl/advisor/feed', { do: 'make' }), /\/nl\/advisor\/calendar\/([\w-]+)/),
  };
}

/** Opens a view-as session on a caller with a booking and requests an approval. Returns their references. */
export async function staffReferences(
  agent: Actor,
  caller: Actor,
  agency: Agency,
  { booking = '' }: References,
): Promise<References> {
  const grant = await openedView(agent, caller, agency);
  const call = callOf(caller, agency);
  const view = `/nl/helpdesk/calls/${grant}/view`;
  const facts = ['born', 'applied', 'procedure'].map((fact): [string, string] => ['facts', fact]);
  const form = new URLSearchParams([...Object.entries({ ...call, calledBack: 'yes' }), ...facts]);
  return {
    grant,
    booking,
    case: found(await agent.ask('GET', view), new RegExp(`${view}/([\\w-]+)`)),
    request: found(await agent.ask('POST', '/nl/helpdesk/call-back', form), /\/requests\/([\w-]+)/),
  };
}

const callOf = (caller: Actor, agency: Agency) => ({
  reference: referenceOf(agency, caller.name),
  call: 'call-1',
  purpose: 'question-page',
});

/** Opens a view-as session with the caller's code. Returns its id. */
export async function openedView(
  agent: Actor,
  caller: Actor,
  agency: Agency,
  language: Language = 'nl',
): Promise<string> {
  const made = await caller.ask('POST', `/${language}/helpdesk/with-me`, { do: 'code', replace: '1' });
  const code = found(made, /"digits"[^>]*>([\d ]+)</);
  const grant = found(await agent.ask('POST', '/nl/helpdesk', callOf(caller, agency)), /\/calls\/([\w-]+)/);
  await agent.ask('POST', `/nl/helpdesk/calls/${grant}`, { code });
  return grant;
}

/** Opens a view-as session by emergency. Returns its id. */
export async function brokenGlass(agent: Actor, caller: Actor, agency: Agency): Promise<string> {
  const { reference } = callOf(caller, agency);
  const report = { reference, call: 'call-9', category: 'danger-person', report: 'De politie belt: direct gevaar.' };
  return found(await agent.ask('POST', '/nl/helpdesk/emergency', report), /\/calls\/([\w-]+)/);
}
