import { useT } from '~/i18n/use-t';
import { Facts } from '~/ui/facts';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { ReleaseLine, ReleasesView } from './release-plan.server';
import { Desks } from './search-filter';
import { Styles } from './styles';

interface ReleasesProps {
  readonly view: ReleasesView;
  readonly answer: 'saved' | 'wrong' | null;
}

/** Where employees plan draws, and see those that are planned. */
export function Releases({ view, answer }: ReleasesProps) {
  const t = useT();
  return (
    <>
      <Styles />
      <h1>{t('appointment:release.title')}</h1>
      <p>{t('appointment:release.intro')}</p>
      {answer ? (
        <Notice tone={answer === 'saved' ? 'good' : 'bad'} live>
          <p>{t(`appointment:release.${answer}`)}</p>
        </Notice>
      ) : null}
      <PlanForm view={view} />
      <Section title={t('appointment:release.planned')}>
        {view.planned.length === 0 ? <p>{t('appointment:release.none')}</p> : null}
        {view.planned.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </Section>
    </>
  );
}

function PlanForm({ view }: Pick<ReleasesProps, 'view'>) {
  const t = useT();
  return (
    <form method="post">
      <div className="field">
        <label htmlFor="product">{t('appointment:release.product')}</label>
        <select id="product" name="product">
          {view.products.map((product) => (
            <option key={product} value={product}>
              {t(`appointment:product.${product}`)}
            </option>
          ))}
        </select>
      </div>
      <Desks legend={t('appointment:search.desks')} desks={view.desks.map((desk) => ({ ...desk, chosen: false }))} />
      <Moment name="from" type="date" label={t('appointment:release.from')} min={view.today} />
      <Moment name="until" type="date" label={t('appointment:release.until')} min={view.today} />
      <Moment name="day" type="date" label={t('appointment:release.day')} min={view.today} />
      <Moment name="time" type="time" label={t('appointment:release.time')} />
      <div className="field">
        <label htmlFor="confirmHours">{t('appointment:release.confirmHours')}</label>
        <input id="confirmHours" name="confirmHours" type="number" min={1} max={72} defaultValue={24} required />
      </div>
      <button className="button" type="submit">
        {t('appointment:release.plan')}
      </button>
    </form>
  );
}

interface MomentProps {
  readonly name: string;
  readonly type: 'date' | 'time';
  readonly label: string;
  readonly min?: string;
}

function Moment({ name, type, label, min }: MomentProps) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input id={name} name={name} type={type} min={min} required />
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
