import { z } from 'zod';
import { config } from '~/config/config.server';
import { onClearCaches } from '~/platform/caches.server';
import { log } from '~/platform/log.server';
import { gates } from '../gates.server';
import { zgwToken } from './token.server';

/**
 * How a registry reads `expand` in the body of `_zoek`: the standard has a text with commas, the most used
 * implementation wants a list of names, and fails on a text or reads it letter by letter.
 */
export type ExpandForm = 'list' | 'text';

const NAMES = [
  'zaaktype',
  'status',
  'status.statustype',
  'resultaat',
  'resultaat.resultaattype',
  'rollen',
  'eigenschappen',
] as const;

export const expandAs = (form: ExpandForm): string | readonly string[] => (form === 'list' ? NAMES : NAMES.join(','));

/** No case has this id, so the probe tells and shows nothing. */
const NO_CASE = '00000000-0000-4000-8000-000000000000';

/** @property isSure the operator set it, or the registry answered in it */
interface Known {
  readonly form: ExpandForm;
  readonly isSure: boolean;
}

let known: Promise<Known> | null = null;
/** Forms in which cases came without expansions, so that it is not tried for each search. */
const inVain = new Set<ExpandForm>();
onClearCaches(() => {
  known = null;
  inVain.clear();
});

/** The registry's form: the operator's setting, or found out by one probe for the process. */
export function expandForm(): Promise<Known> {
  const { ZGW_EXPAND } = config();
  if (ZGW_EXPAND !== 'probe') return Promise.resolve({ form: ZGW_EXPAND, isSure: true });
  known ??= probe().then((form) => {
    // Nobody answered: the next search probes again.
    if (!form) known = null;
    return { form: form ?? 'list', isSure: form !== null };
  });
  return known;
}

/** The form to try instead; null when the operator chose, or when it was tried in vain. */
export function otherForm(form: ExpandForm): ExpandForm | null {
  const other = form === 'list' ? 'text' : 'list';
  return config().ZGW_EXPAND !== 'probe' || inVain.has(other) ? null : other;
}

/** @param isExpanded whether cases came with expansions in this form */
export function learnForm(form: ExpandForm, isExpanded: boolean): void {
  if (!isExpanded) {
    inVain.add(form);
    return;
  }
  known = Promise.resolve({ form, isSure: true });
  log('expand-form', { backend: 'cases', outcome: form }, 'warn');
}

async function probe(): Promise<ExpandForm | null> {
  for (const form of ['list', 'text'] as const) {
    const answer = await gates().cases.ask({
      method: 'POST',
      safe: true,
      path: '/zaken/_zoek',
      headers: {
        authorization: `Bearer ${zgwToken('portal')}`,
        'accept-crs': 'EPSG:4326',
        'content-crs': 'EPSG:4326',
      },
      body: { uuid__in: [NO_CASE], expand: expandAs(form) },
      schema: z.unknown(),
    });
    if (answer.ok) return form;
    // Only the registry's own judgement of the body tells something.
    if (answer.status !== 400 && answer.status !== 422 && answer.status !== 500) return null;
  }
  return null;
}
