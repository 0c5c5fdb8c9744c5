import type { Agency } from '../../mocks/agency';
import { fullName, type Person } from '../../mocks/world/people';

/** One word that identifies a person (by slug), in one of the forms in which bytes may hold it. */
interface Canary {
  readonly slug: string;
  readonly form: string;
}

/** Finds people in any bytes of the portal, by names, numbers, references and the agency's own ids. */
export interface Canaries {
  /** Lists the people in the text who are not in `allowed`, each once, as `slug: form`. */
  strangersIn(text: string, allowed: ReadonlySet<string>): string[];
  /** The slugs of all people in the text. */
  peopleIn(text: string): ReadonlySet<string>;
}

/** @param known by slug, what else identifies a person, such as an e-mail address or an id of the portal's */
export function canariesOf(agency: Agency, known: Readonly<Record<string, readonly string[]>>): Canaries {
  const words = new Map<string, { slugs: Set<string> }>();
  const add = (word: string | null | undefined, slug: string) => {
    if (!word || word.length < 5) return;
    const found = words.get(word) ?? { slugs: new Set<string>() };
    words.set(word, found);
    found.slugs.add(slug);
  };
  const ofPerson = (person: Person) => {
    for (const word of [fullName(person), person.otherName, person.bsn, person.vNumber]) add(word, person.slug);
  };
  for (const person of agency.world.people) ofPerson(person);
  for (const file of agency.world.cases)
    for (const { uuid, person, role } of file.parties) {
      ofPerson(person);
      add(uuid, person.slug);
      // An advisor is a party to their clients' cases, but the cases are not about them.
      if (role !== 'advisor') for (const word of [file.reference, file.uuid]) add(word, person.slug);
    }
  for (const [slug, all] of Object.entries(known)) for (const word of all) add(word, slug);
  const forms = [...words].flatMap(([word, { slugs }]) =>
    formsOf(word).flatMap((form) => [...slugs].map((slug): Canary => ({ slug, form }))),
  );
  // One pass through the bytes finds all words: an index of their beginnings skips the rest.
  const byStart = new Map<string, Canary[]>();
  for (const canary of forms) {
    const start = canary.form.slice(0, START);
    const found = byStart.get(start);
    if (found) found.push(canary);
    else byStart.set(start, [canary]);
  }
  const foundIn = (text: string): Canary[] => {
    const found = new Set<Canary>();
    for (let at = 0; at + START <= text.length; at += 1)
      for (const canary of byStart.get(text.slice(at, at + START)) ?? [])
        if (text.startsWith(canary.form, at)) found.add(canary);
    return [...found];
  };
  return {
    strangersIn(text, allowed) {
      const mine = new Set(forms.filter(({ slug }) => allowed.has(slug)).map(({ form }) => form));
      return foundIn(text)
        .filter(({ slug, form }) => !allowed.has(slug) && !mine.has(form))
        .map(({ slug, form }) => `${slug}: ${form}`);
    },
    peopleIn: (text) => new Set(foundIn(text).map(({ slug }) => slug)),
  };
}

/** Shorter than any form. */
const START = 5;

/** A word as it is, and as HTML, JSON, URLs and base64 (at each of three offsets) hold it. */
function formsOf(word: string): string[] {
  const html = word.replaceAll("'", '&#x27;').replaceAll('&', '&amp;');
  const json = [...word].map((sign) => (sign > '~' ? unicodeOf(sign) : sign)).join('');
  const url = encodeURIComponent(word);
  const forms = [word, html, json, url, url.replaceAll('%20', '+'), word.toUpperCase(), word.replaceAll('-', '')];
  for (const shift of [0, 1, 2]) {
    // Leaves out the first and last characters, which depend on the neighbouring bytes.
    const base64 = Buffer.from(`${'x'.repeat(shift)}${word}`)
      .toString('base64')
      .replaceAll('=', '');
    const sure = base64.slice(shift === 0 ? 0 : shift + 1, -1);
    forms.push(sure, sure.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [...new Set(forms)].filter((form) => form.length >= START + 1);
}

const unicodeOf = (sign: string): string =>
  [...Array(sign.length).keys()].map((n) => `\\u${sign.charCodeAt(n).toString(16).padStart(4, '0')}`).join('');
