import { Desks } from '~/appointment/choices';
import { Styles } from '~/appointment/styles';
import { useT } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { ErrorSummary, Field, Select } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { PlanField, PlanFilledIn, ReleaseLine, ReleasesView } from './release-plan.server';

interface ReleasesProps {
  readonly view: ReleasesView;
  readonly filledIn: PlanFilledIn | null;
  readonly saved: 'saved' | 'confirmed' | 'undone' | 'cannot' | 'drawn' | null;
  readonly mayWrite: boolean;
}

/** Where employees plan draws and see the planned ones. */
export function Releases({ view, filledIn, saved, mayWrite }: ReleasesProps) {
  const t = useT();
  return (
    <>
      <Styles />
      <h1>{t('appointment:release.title')}</h1>
      <p>{t('appointment:release.intro')}</p>
      <ErrorSummary title={t('appointment:hold.errors')} errors={filledIn?.errors ?? {}} />
      {saved ? (
        <Notice
          tone={saved === 'cannot' || saved === 'drawn' ? 'bad' : 'good'}
          live
          text={t(`appointment:release.${saved}`)}
        />
      ) : null}
      {mayWrite ? <PlanForm view={view} filledIn={filledIn} /> : null}
      <Section title={t('appointment:release.planned')}>
        {view.planned.length === 0 ? <p>{t('appointment:release.none')}</p> : null}
        {view.planned.map((line) => (
          <Line key={line.id} line={line} mayWrite={mayWrite} />
        ))}
      </Section>
    </>
  );
}

function PlanForm({ view, filledIn }: Pick<ReleasesProps, 'view' | 'filledIn'>) {
  const t = useT();
  const { values = {}, desks = [], errors = {} } = filledIn ?? {};
  const field = (name: PlanField, type: 'date' | 'time' | 'number', value = values[name]) => (
    <Field
      name={name}
      type={type}
      label={t(`appointment:release.${name}`)}
      value={value}
      error={errors[name]}
      required
    />
  );
  return (
    // The page itself lists what is wrong, in its language, instead of the browser.
    <form method="post" noValidate aria-label={t('appointment:release.plan')}>
      <Select
        name="product"
        label={t('appointment:release.product')}
        value={values.product}
        options={view.products.map((product) => [product, t(`appointment:product.${product}`)] as const)}
      />
      <Desks
        legend={t('appointment:watch.desks')}
        error={errors.desk}
        desks={view.desks.map((desk) => ({ ...desk, chosen: desks.includes(desk.key) }))}
      />
      {field('from', 'date')}
      {field('until', 'date')}
      {field('day', 'date')}
      {field('time', 'time')}
      {field('confirmHours', 'number', values.confirmHours ?? '24')}
      <Submit label={t('appointment:release.plan')} />
    </form>
  );
}

function Line({ line, mayWrite }: { readonly line: ReleaseLine; readonly mayWrite: boolean }) {
  const t = useT();
  const employee = (number: number | string | null) => number && t('appointment:release.employee', { number });
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
          [t('appointment:release.preparedBy'), employee(line.preparedBy)],
          [t('appointment:release.confirmedBy'), employee(line.confirmedBy)],
          [t('appointment:release.undoneBy'), employee(line.undoneBy)],
          [t('appointment:release.tickets'), line.tickets],
          [t('appointment:release.booked'), line.booked],
          [t('appointment:release.times'), line.effect && (line.effect.times ?? t('appointment:release.notKnown'))],
          [t('appointment:release.people'), line.effect?.people ?? null],
          [t('appointment:release.told'), line.effect?.told ?? null],
          [
            t('appointment:draw.seedHash'),
            <bdi key="hash" className="breaks">
              {line.seedHash}
            </bdi>,
          ],
        ]}
      />
      {line.check ? <a href={line.check}>{t('appointment:draw.order')}</a> : null}
      {mayWrite && (line.mayConfirm || line.mayUndo) ? (
        <form method="post" className="buttons">
          <input type="hidden" name="release" value={line.id} />
          {line.mayConfirm ? <Submit name="do" value="confirm" label={t('appointment:release.confirm')} /> : null}
          {line.mayUndo ? <Submit name="do" value="undo" label={t('appointment:release.undo')} quiet /> : null}
        </form>
      ) : null}
    </div>
  );
}
