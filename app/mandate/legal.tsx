import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { Facts } from '~/ui/facts';
import { Fold } from '~/ui/fold';
import { Section } from '~/ui/section';
import type { LegalView } from './deadlines.server';

const LABELS = {
  decision: 'mandate:advisor.decideBy',
  notice: 'mandate:advisor.noticeFrom',
  'notice-answer': 'mandate:advisor.noticeThen',
  court: 'mandate:advisor.courtFrom',
  objection: 'mandate:advisor.deadline.objection',
  appeal: 'mandate:advisor.deadline.appeal',
} as const;

export function Legal({ legal }: { readonly legal: LegalView }) {
  const t = useT();
  const { notice, court } = legal;
  return (
    <Section title={t('mandate:advisor.legal')}>
      <Facts
        facts={[
          [
            t('mandate:advisor.decideBy'),
            legal.decideBy ?? (legal.withoutPause || legal.isDecided ? null : t('mandate:advisor.noPeriod')),
          ],
          [t(`mandate:advisor.deadline.${legal.remedy?.kind ?? 'objection'}`), legal.remedy?.lastDay],
          [t('mandate:advisor.withoutPause'), legal.withoutPause],
          [t('mandate:advisor.extended'), legal.extension?.duration],
          [t('mandate:advisor.extendedWhy'), legal.extension?.reason && <AgencyWords text={legal.extension.reason} />],
          [t('mandate:advisor.paused'), legal.paused && <AgencyWords text={legal.paused} />],
          [
            t('mandate:advisor.noticeFrom'),
            notice &&
              (notice.isPossible ? t('mandate:advisor.noticeNow', { date: notice.possibleFrom }) : notice.possibleFrom),
          ],
          [t('mandate:advisor.noticeThen'), notice?.decideBy],
          [
            t('mandate:advisor.courtFrom'),
            court &&
              (court.isPossible ? t('mandate:advisor.noticeNow', { date: court.possibleFrom }) : court.possibleFrom),
          ],
        ]}
      />
      {legal.counted.length > 0 ? (
        <Fold title={t('case:answer.remedy.how')}>
          <ul>
            {legal.counted.map(({ of, duration, from, ranOn, source }) => (
              <li key={of}>
                <strong>{t(LABELS[of])}</strong>: {t('case:answer.remedy.counted', { duration, date: from })}{' '}
                {ranOn ? t('case:answer.remedy.ranOn') : null}{' '}
                {source ? (
                  <>
                    {t('case:answer.remedy.rule')} <AgencyWords text={source} />
                  </>
                ) : null}
              </li>
            ))}
          </ul>
        </Fold>
      ) : null}
    </Section>
  );
}
