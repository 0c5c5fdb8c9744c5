import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { config } from '~/config/config.server';
import { type PersonId, personKey, type Viewer } from '~/model/viewer';

// Keyed hashes under OWNER_SECRET that stand for people, cases and codes. They are stored, and they are in addresses:
// a changed purpose or content would cut people off from their rows.

/** The `owner`, `client` or `data_subject` under which rows belong to a person. */
export const ownerOfPerson = (person: PersonId): string => pseudonym('owner', personKey(person));

/** All whose data a look at a case shows: the person it is for, and everybody whom the case names. */
export const subjectsOf = (owner: string, { parties }: { readonly parties: readonly Named[] }): string[] => [
  ...new Set([owner, ...parties.flatMap(({ ids }) => ids.map(ownerOfPerson))]),
];

interface Named {
  readonly ids: readonly PersonId[];
}

/** The owner of a viewer's data. */
export const ownerOf = ({ subject }: Pick<Viewer, 'subject'>): string => ownerOfPerson(subject.person);

/** The person's name in the register of contacts: another than in our own tables. @param owner keyed hash of the person */
export const contactPerson = (owner: string): string => pseudonym('contact person', owner);

/** The `made_by` of what a viewer makes, and the owner of the addresses that they leave: one who represents has their own. */
export function makerOf({ basis, actor, subject, representative, scope }: MakingViewer): string {
  if (basis === 'mandate' && scope === 'write') return `${ADVISOR_MARK}${actorPseudonym(actor.id)}`;
  if (basis !== 'represents') return ownerOf({ subject });
  return representative?.person
    ? representativeOfPerson(representative.person)
    : pseudonym('representative', `sub:${actor.id}`);
}

type MakingViewer = Pick<Viewer, 'basis' | 'actor' | 'subject' | 'representative' | 'scope'>;

const ADVISOR_MARK = 'advisor:';

/** Whether an advisor made something for the person. */
export const isMadeByAdvisor = (madeBy: string): boolean => madeBy.startsWith(ADVISOR_MARK);

/** The `made_by` of a person where they act for another. Rows of their own have another owner. */
export const representativeOfPerson = (person: PersonId): string => pseudonym('representative', personKey(person));

/**
 * Who holds a session: the actor, and for whom they act. Forms are kept and marked under it, so that what is typed for one
 * person never comes back for another.
 */
export const holderOf = ({ id, represented }: Holder): string =>
  actorPseudonym(represented ? `${id}\nfor ${personKey(represented.person)}` : id);

interface Holder {
  readonly id: string;
  readonly represented?: { readonly person: PersonId } | null | undefined;
}

/** Who stands between an actor and whom they represent, for the audit log. */
export const chainPseudonyms = (chain: readonly string[]): string | null =>
  chain.length === 0 ? null : chain.map((party) => pseudonym('intermediary', party)).join(' ');

/** The name of an employee or an advisor in the audit log and beside what they did. */
export const actorPseudonym = (actorId: string): string => pseudonym('actor', actorId);

/** Under which name a holder's unsent forms are kept. @param subject their `holderOf` */
export const draftOwner = (subject: string): string => pseudonym('draft owner', subject);

/** Marks a form with the holder for whom it was rendered: their `draftOwner`, and a proof that it is of this portal. */
export function formOwnerMark(holder: Holder): string {
  const owner = draftOwner(holderOf(holder));
  return `${owner}.${pseudonym('form owner', owner)}`;
}

/** The `draftOwner` of whom a mark names; null for a mark that is not of this portal. */
export function ownerInMark(mark: string): string | null {
  const [owner = '', proof] = mark.split('.');
  return proof === pseudonym('form owner', owner) ? owner : null;
}

/** A reference as people say it: spaces, dashes and capitals make no difference. */
export const referenceHash = (reference: string): string =>
  pseudonym('reference', reference.toUpperCase().replace(/[^\p{L}\p{N}]/gu, ''));

/** The name of a case in addresses: the same at every visit of a person, another for every other person. */
export const caseReference = (viewer: Pick<Viewer, 'subject'>, { id }: { readonly id: string }): string =>
  pseudonym('case', `${personKey(viewer.subject.person)}\n${id}`);

/** The name of a client's case in an advisor's addresses: another for every advisor. */
export const clientReference = (actorId: string, caseId: string): string =>
  pseudonym('client', `${actorId}\n${caseId}`);

/** The name of a lawyer in the addresses of a colleague: another for every colleague. @param advisor the lawyer's pseudonym */
export const lawyerReference = (actorId: string, advisor: string): string =>
  pseudonym('lawyer', `${actorId}\n${advisor}`);

/** The name of a letter in addresses: another for every case, person and advisor. @param ref the case's name there */
export const letterReference = (ref: string, id: string): string => pseudonym('letter', `${ref}\n${id}`);

/** The number by which colleagues of an office know an advisor. */
export const colleagueHash = (office: string, number: string): string => pseudonym('colleague', `${office}\n${number}`);

/** A case of which the registry told that it changed. */
export const changedCaseHash = (caseId: string): string => pseudonym('changed case', caseId.toLowerCase());

/** The name of a case's deadline in calendars. */
export const deadlineId = (caseId: string, kind: string): string => pseudonym('feed', `${caseId} ${kind}`);

/** What one part of a case's page showed. @param ref the case's name in addresses */
export const shownHash = (ref: string, part: string, content: unknown): string =>
  pseudonym('shown', `${ref}\n${part}\n${JSON.stringify(content)}`);

/** What the sign-in provider calls one of its sessions or tokens. */
export const providerHash = (what: 'session' | 'token', name: string): string => pseudonym(`provider ${what}`, name);

/** The digits of a spoken code, in hex. @param id of the code */
export const spokenCodeHash = (id: string, digits: string): string =>
  hmac(`spoken code\n${id}\n${digits}`).toString('hex');

/** An address for mail; capitals make no difference. */
export const mailAddressHash = (address: string): string => pseudonym('mail address', address.toLowerCase());

/** A code that confirms an address. @param id of the address */
export const addressCodeHash = (id: string, digits: string): string => pseudonym('address code', `${id}\n${digits}`);

/** A form that asked whether a page answered. @param once its random number, and its step */
export const formHash = (once: string): string => pseudonym('counted form', once);

/** The code of a statement, as its row has it. */
export const statementHash = (code: string): string => pseudonym('statement', code);

/** The AES-256 key of what a statement says. The code is in no row, so no row opens without it. */
export const statementKey = (code: string): Buffer => hmac(`statement key\n${code}`);

/** What a link holds that stops somebody's messages without a sign-in. @param id of the subscription */
export const stopToken = (id: string): string => `${id}.${pseudonym('stop messages', id)}`;

/** The subscription that such a link names; null for one that is not of this portal. */
export function subscriptionInToken(token: string): string | null {
  const [id = ''] = token.split('.');
  const [given, right] = [token, stopToken(id)].map((text) => createHash('sha256').update(text).digest());
  return given && right && timingSafeEqual(given, right) ? id : null;
}

/** What stands for a case in what a person read of it, and for a stage or a place there. */
export const pictureHash = (what: 'case' | 'stage' | 'place', text: string): string =>
  pseudonym(`picture ${what}`, text);

/** 128 bits, base64url. @param purpose separates the hashes of one use from all others */
const pseudonym = (purpose: string, content: string): string =>
  hmac(`${purpose}\n${content}`).subarray(0, 16).toString('base64url');

const hmac = (text: string): Buffer => createHmac('sha256', config().OWNER_SECRET).update(text).digest();
