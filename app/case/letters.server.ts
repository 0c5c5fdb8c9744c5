import { within } from '~/agency/budget.server';
import { hasLetters, type Letter, letterFile, lettersOf } from '~/agency/letters.server';
import { data } from '~/framework/node.server';
import { formatsOf } from '~/i18n/format.server';
import { attachment, fileNameOf, MEDIA_TYPES } from '~/model/letter';
import { type Loaded, mapLoaded } from '~/model/loaded';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { caseReference, clientReference, letterReference } from '~/platform/pseudonym.server';

/** How long an answer waits for the file, in milliseconds. */
const FILE_BUDGET = 15_000;
/** Files in memory at once; more people are asked to try again. */
const MOST_FILES = 8;
let files = 0;

/** Letters name people, so they need that right as well. */
const maySee = ({ rights }: OwnCase): boolean => rights.includes('case') && rights.includes('persons');

/**
 * The letters of a case; null where there are none to be seen at all.
 *
 * @param budget how long the page waits for them, in milliseconds
 */
export const askLetters = async (viewer: Viewer, theCase: OwnCase, budget: number): Promise<Loaded<Letter[]> | null> =>
  hasLetters() && maySee(theCase) ? within(budget, () => lettersOf(viewer, theCase)) : null;

/** The same letters as a page shows them, with their addresses. */
export function letterLines(
  viewer: Viewer,
  theCase: OwnCase,
  loaded: Loaded<Letter[]> | null,
): Loaded<LetterLine[]> | null {
  if (!loaded) return null;
  if (loaded.state === 'fresh' && loaded.value.length === 0) return null;
  return mapLoaded(loaded, (letters) => letters.map((letter) => letterLine(viewer, theCase, letter)));
}

function letterLine(viewer: Viewer, theCase: OwnCase, { id, title, date, bytes }: Letter) {
  const { date: dateWords, number } = formatsOf(viewer.language);
  const [ref, folder] = addressOf(viewer, theCase);
  return {
    title,
    href: `/${viewer.language}/${folder}/letters/${letterReference(ref, id)}`,
    date: date && dateWords(date),
    size: bytes === null ? null : `${number(Math.max(1, Math.round(bytes / 1_024)))} kB`,
  };
}

export type LetterLine = ReturnType<typeof letterLine>;

/** The case's name in the viewer's addresses, and the folder of its page. An employee sees the person's own. */
function addressOf(viewer: Viewer, theCase: OwnCase): readonly [ref: string, folder: string] {
  if (viewer.basis !== 'mandate') {
    const ref = caseReference(viewer, theCase);
    return [ref, `cases/${ref}`];
  }
  const ref = clientReference(viewer.actor.id, theCase.id);
  return [ref, `advisor/clients/${ref}`];
}

/**
 * A letter as a file that is saved, never shown in a page of ours. 404 for any letter that the viewer may not see, whatever
 * the reason, and 503 for one that can't be had or has another content than it should.
 *
 * @param onRecord writes the audit entry: after it the first byte may be sent. False: the viewer may not see it any more.
 */
export async function letterAnswer(
  viewer: Viewer,
  theCase: OwnCase,
  letterRef: string,
  onRecord: () => Promise<boolean>,
): Promise<Response> {
  if (!hasLetters() || !maySee(theCase)) throw data(null, { status: 404 });
  if (files >= MOST_FILES) throw data(null, { status: 503 });
  files += 1;
  try {
    const [ref] = addressOf(viewer, theCase);
    const loaded = await within(FILE_BUDGET, () =>
      letterFile(viewer, theCase, (id) => letterReference(ref, id) === letterRef),
    );
    if (loaded.state === 'unavailable') throw data(null, { status: 503 });
    if (!loaded.value || !(await onRecord())) throw data(null, { status: 404 });
    const { letter, bytes, format } = loaded.value;
    return new Response(bytes, {
      headers: {
        'content-type': MEDIA_TYPES[format],
        'content-disposition': attachment(fileNameOf(letter.title, format)),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  } finally {
    files -= 1;
  }
}
