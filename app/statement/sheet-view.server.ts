import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { shownLanguages } from '~/i18n/shown-languages.server';
import type { Language } from '~/model/language';
import type { StatementFacts } from '~/model/statement';

/** What a statement says in one language. */
export interface SheetView {
  readonly language: Language;
  readonly title: string;
  /** Four at most: who, which procedure, received when, and that nothing is decided. */
  readonly facts: readonly (readonly [term: string, value: string, isName: boolean])[];
  readonly asOf: string;
  readonly noProof: string;
}

/** A statement in the reader's language, the agency's own and English, as far as the agency offers them. */
export const sheetViews = (facts: StatementFacts, reader: Language): SheetView[] => {
  const wanted = [reader, config().AGENCY_DIR.ownLanguage, 'en'] as const;
  return [...new Set(wanted)].filter((one) => shownLanguages().includes(one)).map((one) => sheetView(facts, one));
};

function sheetView(facts: StatementFacts, language: Language): SheetView {
  const t = translatorOf(language);
  const { date } = formatsOf(language);
  const { name, procedure, procedureName, received, asOf } = facts;
  const isKnown = config().AGENCY_DIR.procedures.some(({ key }) => key === procedure);
  return {
    language,
    title: t('statement:sheet.title'),
    facts: [
      [t('statement:sheet.who'), name, true],
      [t('statement:sheet.procedure'), isKnown ? t(`case:procedure.${procedure ?? ''}`) : procedureName, !isKnown],
      [t('statement:sheet.received'), date(received), false],
      [t('statement:sheet.state'), t('statement:sheet.undecided'), false],
    ],
    asOf: t('statement:sheet.asOf', { date: date(asOf) }),
    noProof: t('statement:noProof'),
  };
}
