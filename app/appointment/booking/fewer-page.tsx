import { Slots } from '~/appointment/slots';
import { Styles } from '~/appointment/styles';
import { useWords } from '~/i18n/use-t';
import { LinkLine } from '~/ui/buttons';
import { Select } from '~/ui/field';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import type { FewerView } from './fewer.server';

/** Part of a group can't come: move to a smaller booking, or keep the appointment as it is. */
export function Fewer({ view }: { readonly view: FewerView }) {
  const { language, t } = useWords();
  return (
    <>
      <Styles />
      <LinkLine href={`/${language}/bookings/${view.id}`} label={t('appointment:search.keepIt')} />
      <h1>{t('appointment:fewer.title')}</h1>
      <p>
        <strong>{t('appointment:search.firstAt', { day: view.day, time: view.time, desk: view.desk })}</strong>
        {' · '}
        {t('appointment:search.person', { count: view.persons })}
      </p>
      {view.order ? (
        <>
          <p>{t('appointment:fewer.how')}</p>
          <p>{t(view.order === 'old' ? 'appointment:hold.oldFirst' : 'appointment:hold.newFirst')}</p>
          <HowMany view={view} />
          <Times view={view} />
        </>
      ) : null}
      <Section title={t('appointment:fewer.keepTitle')}>
        <p>{t(view.mayJustCome ? 'appointment:fewer.keepFine' : 'appointment:fewer.keepCall')}</p>
      </Section>
    </>
  );
}

function HowMany({ view }: { readonly view: FewerView }) {
  const { t } = useWords();
  return (
    <form method="get" aria-label={t('appointment:search.show')}>
      <Select
        name="stay"
        label={t('appointment:search.persons')}
        value={view.stay ?? view.choices.at(-1)}
        options={view.choices.map((count) => [count, t('appointment:search.person', { count })] as const)}
      />
      <button className={view.stay ? 'button button--quiet' : 'button'} type="submit">
        {t('appointment:search.show')}
      </button>
    </form>
  );
}

function Times({ view: { times, search, stay } }: { readonly view: FewerView }) {
  const { t } = useWords();
  if (!times || !stay) return null;
  return (
    <Section title={t('appointment:fewer.near')} answer>
      <p>{t('appointment:search.person', { count: stay })}</p>
      {times.state === 'found' ? <Slots slots={times.slots} withDay action={search} /> : null}
      {times.state === 'none' ? <p>{t('appointment:fewer.none')}</p> : null}
      {times.state === 'could-not-ask' ? <Trouble why={times.why} /> : null}
      <LinkLine href={search} label={t('appointment:booking.move')} />
    </Section>
  );
}
