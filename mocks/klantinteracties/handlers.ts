import { HttpResponse, http, type RequestHandler } from 'msw';
import { CONTACTS_TOKEN } from '../secrets';
import { originOf } from '../zgw/call';
import { problem } from '../zgw/problem';
import type { Contacts, StoredContact, Subject } from './contacts';

const BASE = '*/klantinteracties/api/v1';
const PAGE = 100;
const OBJECT_ID = 'onderwerpobject__onderwerpobjectidentificatorObjectId';
const EXPAND = 'gingOverOnderwerpobjecten';
/** The fields of a search that are simulated. OpenKlant refuses one with any other. */
const SEARCH = new Set([OBJECT_ID, 'expand', 'page']);

type Body = Readonly<Record<string, unknown>>;
/** Why a body is refused: the field and what is wrong with it. */
type Refusal = readonly [name: string, reason: string];

/** The part of the Klantinteracties API of OpenKlant 2 with which a portal writes and reads contacts. */
export function contactHandlers(contacts: Contacts): RequestHandler[] {
  return [
    http.get(
      `${BASE}/klantcontacten`,
      authorised((request) => {
        const { searchParams: query } = new URL(request.url);
        const unknown = [...query.keys()].find((name) => !SEARCH.has(name));
        if (unknown !== undefined) return refuse(request, [unknown, 'Onbekende parameter']);
        const about = query.get(OBJECT_ID);
        const found = contacts
          .all()
          .filter(({ subjects }) => about === null || subjects.some(({ subject }) => subject.objectId === about))
          .sort((a, b) => momentOf(b) - momentOf(a));
        const page = Number(query.get('page') ?? 1);
        const rows = found.slice((page - 1) * PAGE, page * PAGE);
        if (page > 1 && rows.length === 0) return problem(request, 404);
        const here = (number: number) => {
          const url = new URL(request.url);
          url.searchParams.set('page', String(number));
          return url.href;
        };
        return HttpResponse.json({
          count: found.length,
          next: found.length > page * PAGE ? here(page + 1) : null,
          previous: page > 1 ? here(page - 1) : null,
          results: rows.map((contact) => contactShape(contact, originOf(request), query.get('expand') === EXPAND)),
        });
      }),
    ),
    http.post(
      `${BASE}/maak-klantcontact`,
      authorised(async (request) => {
        const body = await bodyOf(request, contacts);
        const wrong = faultIn(body);
        if (wrong) return refuse(request, wrong);
        const { klantcontact = {}, betrokkene = null, onderwerpobject = null } = body as Record<string, Body | null>;
        const made = contacts.add(klantcontact ?? {}, betrokkene, subjectIn(onderwerpobject));
        if (contacts.isAnswerLost()) return HttpResponse.error();
        const origin = originOf(request);
        const [own] = made.subjects;
        return HttpResponse.json(
          {
            klantcontact: contactShape(made, origin, false),
            betrokkene: betrokkene && partyShape(made, origin),
            onderwerpobject: own ? subjectShape(made.uuid, own, origin) : null,
          },
          { status: 201 },
        );
      }),
    ),
    http.post(
      `${BASE}/onderwerpobjecten`,
      authorised(async (request) => {
        const body = await bodyOf(request, contacts);
        const subject = subjectIn(body);
        const { klantcontact } = body as { klantcontact?: { uuid?: string } };
        const joined = subject && contacts.join(klantcontact?.uuid ?? '', subject);
        if (!subject || !joined) return refuse(request, ['klantcontact.uuid', 'Klantcontact object bestaat niet.']);
        if (contacts.isAnswerLost()) return HttpResponse.error();
        const shape = subjectShape(klantcontact?.uuid ?? '', { ...joined, subject }, originOf(request));
        return HttpResponse.json(shape, { status: 201 });
      }),
    ),
  ];
}

const authorised =
  (answer: (request: Request) => Response | Promise<Response>) =>
  ({ request }: { readonly request: Request }) =>
    request.headers.get('authorization') === `Token ${CONTACTS_TOKEN}` ? answer(request) : problem(request, 403);

const refuse = (request: Request, [name, reason]: Refusal) =>
  problem(request, 400, 'Invalid input.', { invalidParams: [{ name, code: 'invalid', reason }] });

async function bodyOf(request: Request, contacts: Contacts): Promise<Body> {
  const body: unknown = await request.json().catch(() => null);
  contacts.note({ path: new URL(request.url).pathname.split('/').at(-1) ?? '', body });
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

const MOST = { kanaal: 50, onderwerp: 200, inhoud: 1_000, taal: 3 } as const;
const NEEDED = ['kanaal', 'onderwerp', 'taal'] as const;

/** What OpenKlant's serializers check of these bodies. */
function faultIn({ klantcontact, betrokkene }: Body): Refusal | null {
  const contact = typeof klantcontact === 'object' && klantcontact !== null ? { ...klantcontact } : {};
  const fields = new Map<string, unknown>(Object.entries(contact));
  for (const name of NEEDED)
    if (typeof fields.get(name) !== 'string' || fields.get(name) === '')
      return [`klantcontact.${name}`, 'Dit veld is vereist.'];
  for (const [name, most] of Object.entries(MOST))
    if (String(fields.get(name) ?? '').length > most) return [`klantcontact.${name}`, 'Dit veld is te lang.'];
  if (typeof fields.get('vertrouwelijk') !== 'boolean') return ['klantcontact.vertrouwelijk', 'Dit veld is vereist.'];
  if (Number.isNaN(Date.parse(String(fields.get('plaatsgevondenOp')))))
    return ['klantcontact.plaatsgevondenOp', 'Datetime heeft een ongeldig formaat.'];
  const metadata: unknown = fields.get('metadata') ?? {};
  if (Object.values(metadata ?? {}).some((value) => typeof value !== 'string' || value.length > 255))
    return ['klantcontact.metadata', 'Not a valid string.'];
  const party = typeof betrokkene === 'object' && betrokkene !== null ? new Map(Object.entries(betrokkene)) : null;
  if (party && !['klant', 'vertegenwoordiger'].includes(String(party.get('rol'))))
    return ['betrokkene.rol', 'Dit is geen geldige keuze.'];
  if (party && typeof party.get('initiator') !== 'boolean') return ['betrokkene.initiator', 'Dit veld is vereist.'];
  return null;
}

function subjectIn(body: Body | null): Subject | null {
  const named = body?.onderwerpobjectidentificator;
  if (typeof named !== 'object' || named === null) return null;
  const fields = new Map<string, unknown>(Object.entries(named));
  const textOf = (name: string) => String(fields.get(name) ?? '').slice(0, 200);
  return {
    objectId: textOf('objectId'),
    codeObjecttype: textOf('codeObjecttype'),
    codeRegister: textOf('codeRegister'),
    codeSoortObjectId: textOf('codeSoortObjectId'),
  };
}

const momentOf = ({ fields }: StoredContact) => Date.parse(String(fields.plaatsgevondenOp));
const named = (origin: string, list: string, uuid: string) => ({
  uuid,
  url: `${origin}/klantinteracties/api/v1/${list}/${uuid}`,
});

function contactShape(contact: StoredContact, origin: string, isExpanded: boolean) {
  const { uuid, fields, party, subjects } = contact;
  return {
    ...named(origin, 'klantcontacten', uuid),
    gingOverOnderwerpobjecten: subjects.map((one) => named(origin, 'onderwerpobjecten', one.uuid)),
    hadBetrokkenActoren: [],
    omvatteBijlagen: [],
    hadBetrokkenen: party ? [named(origin, 'betrokkenen', partyId(uuid))] : [],
    leiddeTotInterneTaken: [],
    nummer: null,
    referentienummer: null,
    inhoud: '',
    reactie: '',
    indicatieContactGelukt: null,
    hoofdOnderwerpType: '',
    verdereActieOndernomen: false,
    metadata: {},
    ...fields,
    ...(isExpanded ? { _expand: { [EXPAND]: subjects.map((one) => subjectShape(uuid, one, origin)) } } : {}),
  };
}

const partyId = (contact: string) => contact.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

const partyShape = ({ uuid, party }: StoredContact, origin: string) => ({
  ...named(origin, 'betrokkenen', partyId(uuid)),
  wasPartij: null,
  hadKlantcontact: named(origin, 'klantcontacten', uuid),
  digitaleAdressen: [],
  bezoekadres: null,
  correspondentieadres: null,
  contactnaam: null,
  volledigeNaam: '',
  organisatienaam: '',
  ...party,
});

const subjectShape = (
  contact: string,
  { uuid, subject }: { readonly uuid: string; readonly subject: Subject },
  origin: string,
) => ({
  ...named(origin, 'onderwerpobjecten', uuid),
  klantcontact: named(origin, 'klantcontacten', contact),
  wasKlantcontact: null,
  onderwerpobjectidentificator: subject,
});
