import { useT } from '~/i18n/use-t';
import { Facts } from '~/ui/facts';
import { ErrorSummary } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { PlanField, PlanFilledIn, ReleaseLine, ReleasesView } from './release-plan.server';
import { Desks } from './search-filter';
import { Styles } from './styles';

interface ReleasesProps {
  readonly view: ReleasesView;
  /** What was sent and could not be planned. */
  readonly filledIn: PlanFilledIn | null;
  readonly saved: boolean;
}

/** Where employees plan draws, and see those that are planned. */
export function Releases({ view, filledIn, saved }: ReleasesProps) {
  const t = useT();
  return (
    <>
      <Styles />
      <h1>{t('appointment:release.title')}</h1>
      <p>{t('appointment:release.intro')}</p>
      <ErrorSummary title={t('appointment:hold.errors')} errors={filledIn?.errors ?? {}} />
      {saved ? (
        <Notice tone="good" live>
          <p>{t('appointment:release.saved')}</p>
        </Notice>
      ) : null}
      <PlanForm view={view} filledIn={filledIn} />
      <Section title={t('appointment:release.planned')}>
        {view.planned.length === 0 ? <p>{t('appointment:release.none')}</p> : null}
        {view.planned.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </Section>
    </>
  );
}

function PlanForm({ view, filledIn }: Pick<ReleasesProps, 'view' | 'filledIn'>) {
  const t = useT();
  const { values = {}, desks = [], errors = {} } = filledIn ?? {};
  const moment = (name: PlanField, type: 'date' | 'time') => (
    <Entry name={name} type={type} value={values[name]} error={errors[name]} />
  );
  return (
    // What is wrong is said by the page, in its language and with its summary, not by the browser.
    <form method="post" noValidate>
      <div className="field">
        <label htmlFor="product">{t('appointment:release.product')}</label>
        <select id="product" name="product" defaultValue={values.product}>
          {view.products.map((product) => (
            <option key={product} value={product}>
              {t(`appointment:product.${product}`)}
            </option>
          ))}
        </select>
      </div>
      <Desks
        legend={t('appointment:search.desks')}
        desks={view.desks.map((desk) => ({ ...desk, chosen: desks.includes(desk.key) }))}
      />
      {moment('from', 'date')}
      {moment('until', 'date')}
      {moment('day', 'date')}
      {moment('time', 'time')}
      <Entry name="confirmHours" type="number" value={values.confirmHours ?? '24'} error={errors.confirmHours} />
      <button className="button" type="submit">
        {t('appointment:release.plan')}
      </button>
    </form>
  );
}

interface EntryProps {
  readonly name: PlanField;
  readonly type: 'date' | 'time' | 'number';
  readonly value: string | undefined;
  readonly error: string | undefined;
}

function Entry({ name, type, value, error }: EntryProps) {
  const t = useT();
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <label htmlFor={name}>{t(`appointment:release.${name}`)}</label>
      {error ? (
        <p className="field__error" id={`${name}-error`}>
          {error}
        </p>
      ) : null}
      <input
        id={name}
        name={name}
        type={type}
        defaultValue={value}
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
      />
    </div>
  );
}

function Line({ line }: { readonly line: ReleaseLine }) {
  const t = useT();
  return (
    <div className="card">
      <h3>
        {t(`appointment:product.${line.product}`)} · {line.days}
      </h3>
      <Facts
        facts={[
          [t('appointment:release.opens'), line.opens],
          [t('appointment:watch.desks'), <bdi key="desks">{line.desks ?? t('appointment:watch.anyDesk')}</bdi>],
          [t('appointment:release.state'), t(`appointment:release.is.${line.state}`)],
          [t('appointment:release.tickets'), line.tickets],
          [t('appointment:release.booked'), line.booked],
          [
            t('appointment:draw.seedHash'),
            <bdi key="hash" className="breaks">
              {line.seedHash}
            </bdi>,
          ],
        ]}
      />
      {line.check ? <a href={line.check}>{t('appointment:draw.order')}</a> : null}
    </div>
  );
}
