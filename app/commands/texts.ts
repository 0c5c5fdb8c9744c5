/** One text of a catalogue, with its key as `period.running` and its plural form, if it has one. */
export interface Text {
  readonly key: string;
  readonly form: string | null;
  readonly text: string;
}

const PLURAL_KEY = /^(.+)_(zero|one|two|few|many|other)$/;

/** Every text of a catalogue, in its order. `noText` gets the key of each value that is neither a text nor a group. */
export function textsOf(catalogue: unknown, noText: (key: string) => void = () => {}, above = ''): Text[] {
  if (typeof catalogue === 'string') {
    const [, key = above, form = null] = PLURAL_KEY.exec(above) ?? [];
    return [{ key, form, text: catalogue }];
  }
  if (typeof catalogue === 'object' && catalogue !== null && !Array.isArray(catalogue)) {
    return Object.entries(catalogue).flatMap(([key, value]) => textsOf(value, noText, above ? `${above}.${key}` : key));
  }
  noText(above || 'the file');
  return [];
}
