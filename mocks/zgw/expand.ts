import type { CaseFile } from '../world/case-file';
import { caseShape, propertyShape, resultShape, roleShape, statusShape } from './case-shapes';
import { procedureShape, resultTypeShape, stepShape } from './catalogue-shapes';

/** The resources that an answer may carry with a case. */
const EXPANDABLE: readonly string[] = [
  'zaaktype',
  'status',
  'status.statustype',
  'resultaat',
  'resultaat.resultaattype',
  'rollen',
  'eigenschappen',
];

/**
 * How a registry reads `expand` in the body of a search: as the standard's text with commas, as a list of names (and
 * fails on a text), letter by letter (so that a text expands nothing), or both text and list.
 */
export const READINGS = ['both', 'text', 'list', 'letters'] as const;
export type Reading = (typeof READINGS)[number];

/** Thrown where a real registry answers with 500. */
export class ReadingFailed extends Error {}

/** The paths of an `expand` parameter. Null when it is not in this reading's form, or names what cannot be expanded. */
export function readExpand(given: unknown, reading: Reading = 'both'): ReadonlySet<string> | null {
  if (given === undefined || given === null || given === '') return new Set();
  if (typeof given === 'string' && reading === 'list') throw new ReadingFailed();
  // Joined with commas again, a text has a name for each letter.
  if (typeof given === 'string' && reading === 'letters') return new Set();
  if (Array.isArray(given) && reading === 'text') return null;
  const list: readonly unknown[] | null =
    typeof given === 'string' ? given.split(',') : Array.isArray(given) ? given : null;
  if (list === null) return null;
  const names = list.flatMap((name) => (typeof name === 'string' ? [name.trim()] : ['']));
  return names.every((name) => EXPANDABLE.includes(name)) ? new Set(names) : null;
}

/** A case with the requested resources under `_expand`, nested as the standard nests them. */
export function expandedCase(file: CaseFile, expand: ReadonlySet<string>, origin: string) {
  const current = file.history.at(-1);
  const wants = (path: string) => expand.has(path) || [...expand].some((name) => name.startsWith(`${path}.`));
  const nested = (path: string, name: string, shape: () => unknown) => ({
    _expand: expand.has(path) ? { [name]: shape() } : {},
  });
  return {
    ...caseShape(file, origin),
    _expand: {
      ...(wants('zaaktype') ? { zaaktype: procedureShape(file.version, origin) } : {}),
      ...(wants('status') && current !== undefined
        ? {
            status: {
              ...statusShape(file, current, origin),
              ...nested('status.statustype', 'statustype', () => stepShape(file.version, current.step, origin)),
            },
          }
        : {}),
      ...(wants('resultaat') && file.result !== null
        ? {
            resultaat: {
              ...resultShape(file, file.result, origin),
              ...nested('resultaat.resultaattype', 'resultaattype', () =>
                resultTypeShape(file.version, file.result?.name ?? 'Ingewilligd', origin),
              ),
            },
          }
        : {}),
      ...(wants('rollen') ? { rollen: file.parties.map((party) => roleShape(file, party, origin)) } : {}),
      ...(wants('eigenschappen')
        ? { eigenschappen: file.properties.map((property) => propertyShape(file, property, origin)) }
        : {}),
    },
  };
}
