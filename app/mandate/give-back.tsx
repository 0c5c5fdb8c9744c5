import { useWords } from '~/i18n/use-t';
import { LinkButton, Submit } from '~/ui/buttons';
import { Choices } from '~/ui/field';
import { FormOwner } from '~/ui/form-owner';
import { Notice } from '~/ui/notice';
import { Whole } from '~/ui/whole';
import type { GiveBackLine } from './give-back.server';

const optionOf = (line: GiveBackLine) =>
  [
    line.id,
    <span key={line.id}>
      <Line line={line} />
    </span>,
  ] as const;

function Line({ line }: { readonly line: GiveBackLine }) {
  return (
    <>
      <bdi translate="no">{line.who}</bdi>{' '}
      {line.references.map((reference) => (
        <small key={reference}>
          {' '}
          <Whole text={reference} />
        </small>
      ))}
    </>
  );
}

/** The clients to choose from. */
export function Tickable({ mandates }: { readonly mandates: readonly GiveBackLine[] }) {
  const { t } = useWords();
  return (
    <form method="post" action="?" aria-label={t('mandate:advisor.giveBack.choose')}>
      <FormOwner />
      <Choices
        name="mandate"
        legend={t('mandate:advisor.giveBack.which')}
        options={mandates.map(optionOf)}
        chosen={[]}
        several
      />
      <Submit name="do" value="ask" label={t('mandate:advisor.giveBack.choose')} />
    </form>
  );
}

/** Who was chosen, once more, before anything is given back. */
export function Confirm({ chosen }: { readonly chosen: readonly GiveBackLine[] }) {
  const { language, t } = useWords();
  return (
    <Notice tone="plain" title={t('mandate:advisor.giveBack.sure')} live>
      <p>{t('mandate:advisor.giveBack.sureText')}</p>
      <ul>
        {chosen.map((line) => (
          <li key={line.id}>
            <Line line={line} />
          </li>
        ))}
      </ul>
      <form method="post" action="?" className="buttons">
        <FormOwner />
        {chosen.map(({ id }) => (
          <input type="hidden" name="mandate" value={id} key={id} />
        ))}
        <Submit name="do" value="give" label={t('mandate:advisor.giveBack.yes')} />
        <LinkButton href={`/${language}/advisor/give-back`} label={t('mandate:advisor.giveBack.no')} quiet />
      </form>
    </Notice>
  );
}

interface GivenProps {
  readonly given: readonly (GiveBackLine & { readonly until: string | null })[];
}

/** What was given back within the past day, all ticked to be taken up again. */
export function Given({ given }: GivenProps) {
  const { t } = useWords();
  if (given.length === 0) return null;
  return (
    <form method="post" action="?" aria-label={t('mandate:advisor.giveBack.undo')}>
      <FormOwner />
      <Choices
        name="given"
        legend={t('mandate:advisor.giveBack.given')}
        options={given.map(optionOf)}
        chosen={given.map(({ id }) => id)}
        several
      />
      <p className="soft">{t('mandate:advisor.giveBack.until', { moment: given[0]?.until ?? '' })}</p>
      <Submit name="do" value="undo" label={t('mandate:advisor.giveBack.undo')} quiet />
    </form>
  );
}
