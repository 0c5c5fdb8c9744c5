/** One text of a catalogue, with its key as `period.running` and its plural form, if it has one. */
export interface Text {
  readonly key: string;
  readonly form: string | null;
  readonly text: string;
}

const PLURAL_KEY = /^(.+)_(zero|one|two|few|many|other)$/;

/** Every leaf of a catalogue, in its order; what is neither a text nor a group of them is told. */
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
