import {
  type AgencyRules,
  outcomeIn,
  type ProcedureRule,
  paperIn,
  plainName,
  procedureIn,
  stageIn,
} from '~/model/agency';
import type { Case, ReachedStep, Step } from '~/model/case';
import { isOpen, standingOf } from '~/model/case-state';
import { amountIn } from '~/model/money';
import { dayOf, wallTextOf } from '~/model/time';
import { idIn } from './address';
import { momentOf } from './moment';
import { partiesOf, type ReadingContext } from './party-of';
import type { Status, Statustype, Zaak } from './schema.server';

/** Maps a ZGW zaak with its expansions to the model's case. What contradicts the case's state is left out. */
export function caseOf(zaak: Zaak, context: ReadingContext): Case {
  const { zone, today, agency } = context;
  const names = agency.properties;
  const { zaaktype, status, resultaat, rollen, eigenschappen } = zaak._expand;
  const received = receivedOn(zaak, zone, today);
  const properties = new Map(eigenschappen.rows.map(({ naam, waarde }) => [plainName(naam), waarde]));
  const [at, place] = (properties.get(names.invitation) ?? '').split('|').map((part) => part.trim());
  const statustype = status?._expand;
  const procedure = zaaktype ? procedureIn(agency, zaaktype.identificatie) : null;
  const rules = { agency, procedure };
  const type = resultaat?._expand?.resultaattype ?? null;
  const amount = amountIn(properties.get(names.amount) ?? '', agency.currency);
  const dateIn = (name: string) => dayOf(properties.get(name) ?? '', zone);
  const standing = standingOf(
    {
      received,
      ended: dayOf(zaak.einddatum, zone),
      current: status && statustype ? reachedStepOf(status, statustype, statustype.volgnummer ?? 0, zone, rules) : null,
      result: type?.omschrijving || type?.omschrijvingGeneriek || null,
      outcome: type && outcomeIn(agency, [type.omschrijving, type.omschrijvingGeneriek]),
    },
    today,
  );
  return {
    id: zaak.uuid,
    address: zaak.url,
    reference: zaak.identificatie,
    procedure: procedure?.key ?? null,
    procedureVersion: zaak.zaaktype,
    procedureName: zaaktype?.omschrijving || zaaktype?.identificatie || '',
    received,
    decideBy: dayOf(zaak.uiterlijkeEinddatumAfdoening, zone),
    statutoryTerm: zaaktype?.doorlooptijd ?? null,
    law: agency.law,
    extension: extensionOf(zaak.verlenging),
    suspension: zaak.opschorting?.indicatie ? { reason: zaak.opschorting.reden } : null,
    noticeReceived: dateIn(names.noticeReceived),
    ...standing,
    decision: isOpen(standing.state)
      ? NO_DECISION
      : { made: dateIn(names.decided), notified: dateIn(names.notified), reactBy: dateIn(names.reactBy) },
    parties: partiesOf(rollen.rows, context),
    vNumber: zaak.kenmerken.rows.find(({ bron }) => plainName(bron) === names.vNumber)?.kenmerk || null,
    request: {
      until: dateIn(names.replyBy),
      papers: (properties.get(names.asked) ?? '')
        .split(',')
        .flatMap((word) => paperIn(agency, word) ?? (word.trim() || [])),
      ...linkOf(properties.get(names.link) ?? ''),
      ...(amount === null ? {} : { amount }),
    },
    invitation: invitationOf(at, place, zone),
  };
}

/** Work may be planned to start on a later day than that of receipt. */
function receivedOn({ startdatum, registratiedatum }: Zaak, zone: string, today: string): string {
  const start = dayOf(startdatum, zone) ?? startdatum;
  const registered = dayOf(registratiedatum, zone);
  return start > today && registered !== null && registered <= today ? registered : start;
}

/** Only a page under TLS: others on the person's network could change any other. */
const linkOf = (text: string): { readonly link?: string } =>
  /^https:\/\/[^\s/]+\S*$/.test(text.trim()) && URL.canParse(text.trim()) ? { link: text.trim() } : {};

const NO_DECISION: Case['decision'] = { made: null, notified: null, reactBy: null };

/** One with a reason and no duration was given, but for how long is not known. */
function extensionOf(verlenging: Zaak['verlenging']): Case['extension'] {
  const { duur = null, reden = '' } = verlenging ?? {};
  return duur || reden ? { duration: duur, reason: reden } : null;
}

/** Where the meaning of a step is looked up. */
export interface StepRules {
  readonly agency: AgencyRules;
  readonly procedure: ProcedureRule | null;
}

export function stepOf(statustype: Statustype, order: number, { agency, procedure }: StepRules): Step {
  const stage = stageIn(agency, procedure, { uuid: idIn(statustype.url), name: statustype.omschrijving });
  return {
    stage: stage?.key ?? null,
    means: stage?.means ?? null,
    product: stage?.product ?? null,
    optional: stage?.optional ?? false,
    name: statustype.omschrijving,
    text: statustype.statustekst,
    order: statustype.volgnummer ?? order,
    final: statustype.isEindstatus,
  };
}

export function reachedStepOf(
  status: Status,
  statustype: Statustype,
  order: number,
  zone: string,
  rules: StepRules,
): ReachedStep {
  const moment = momentOf(status.datumStatusGezet, zone);
  return {
    ...stepOf(statustype, order, rules),
    since: moment?.date ?? status.datumStatusGezet,
    instant: moment?.instant ?? null,
  };
}

/** Half an invitation, or one without a time of day, is none. */
function invitationOf(at: string | undefined, place: string | undefined, zone: string): Case['invitation'] {
  const local = at && /T\d/.test(at) ? wallTextOf(at, zone) : null;
  return local && place ? { at: local, place } : null;
}
