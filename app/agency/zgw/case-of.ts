import type { Case, ReachedStep, Step } from '~/model/case';
import { standingOf } from '~/model/case-state';
import { dayOf, wallTextOf } from '~/model/time';
import { momentOf } from './moment';
import { procedureOf, stageOf } from './names';
import { partiesOf, type ReadingContext } from './party-of';
import type { Status, Statustype, Zaak } from './schema.server';

/** Maps a ZGW zaak with its expansions to the model's case. What contradicts the case's state is left out. */
export function caseOf(zaak: Zaak, context: ReadingContext): Case {
  const { zone, today } = context;
  const { zaaktype, status, resultaat, rollen, eigenschappen } = zaak._expand;
  const received = dayOf(zaak.startdatum, zone) ?? zaak.startdatum;
  const properties = new Map(eigenschappen.rows.map(({ naam, waarde }) => [naam.toLowerCase(), waarde]));
  const [at, place] = (properties.get('uitnodiging') ?? '').split('|').map((part) => part.trim());
  const statustype = status?._expand;
  return {
    id: zaak.uuid,
    address: zaak.url,
    reference: zaak.identificatie,
    procedure: zaaktype ? procedureOf(zaaktype.identificatie) : null,
    procedureVersion: zaak.zaaktype,
    procedureName: zaaktype?.omschrijving || zaaktype?.identificatie || '',
    received,
    decideBy: dayOf(zaak.uiterlijkeEinddatumAfdoening, zone),
    statutoryTerm: zaaktype?.doorlooptijd ?? null,
    extension: extensionOf(zaak.verlenging),
    suspension: zaak.opschorting?.indicatie ? { reason: zaak.opschorting.reden } : null,
    ...standingOf(
      {
        received,
        ended: dayOf(zaak.einddatum, zone),
        current: status && statustype ? reachedStepOf(status, statustype, statustype.volgnummer ?? 0, zone) : null,
        result: resultaat?._expand?.resultaattype?.omschrijving || null,
      },
      today,
    ),
    parties: partiesOf(rollen.rows, context),
    vNumber: zaak.kenmerken.rows.find(({ bron }) => bron.toLowerCase() === 'v-nummer')?.kenmerk || null,
    request: {
      until: dayOf(properties.get('reactietermijn') ?? '', zone),
      papers: (properties.get('gevraagd') ?? '').split(',').flatMap((code) => code.trim() || []),
    },
    invitation: invitationOf(at, place, zone),
  };
}

/** One with a reason and no duration was given, but for how long is not known. */
function extensionOf(verlenging: Zaak['verlenging']): Case['extension'] {
  const { duur = null, reden = '' } = verlenging ?? {};
  return duur || reden ? { duration: duur, reason: reden } : null;
}

export function stepOf(statustype: Statustype, order: number): Step {
  return {
    stage: stageOf(statustype.omschrijving),
    name: statustype.omschrijving,
    text: statustype.statustekst,
    order: statustype.volgnummer ?? order,
    final: statustype.isEindstatus,
  };
}

export function reachedStepOf(status: Status, statustype: Statustype, order: number, zone: string): ReachedStep {
  const moment = momentOf(status.datumStatusGezet, zone);
  return {
    ...stepOf(statustype, order),
    since: moment?.date ?? status.datumStatusGezet,
    instant: moment?.instant ?? null,
  };
}

/** Half an invitation, or one without a time of day, is none. */
function invitationOf(at: string | undefined, place: string | undefined, zone: string): Case['invitation'] {
  const local = at && /T\d/.test(at) ? wallTextOf(at, zone) : null;
  return local && place ? { at: local, place } : null;
}
