import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { Facts } from '~/ui/facts';
import { Fold } from '~/ui/fold';
import { Section } from '~/ui/section';
import type { LegalView } from './deadlines.server';

/** A date with how it was counted; one that the agency gave itself was not counted. */
function Counted({ date, how }: { readonly date: string; readonly how: LegalView['counted'][number] | undefined }) {
  const t = useT();
  if (!how) return date;
  return (
    <>
      {date}
      <Fold title={t('case:answer.remedy.how')}>
        <p>
          {t('case:answer.remedy.counted', { duration: how.duration, date: how.from })}{' '}
          {how.ranOn ? t('case:answer.remedy.ranOn') : null}
        </p>
        {how.source ? (
          <p>
            {t('case:answer.remedy.rule')} <AgencyWords text={how.source} />
          </p>
        ) : null}
      </Fold>
    </>
  );
}

export function Legal({ legal }: { readonly legal: LegalView }) {
  const t = useT();
  const { notice, receivedNotice, court } = legal;
  const counted = (date: string | null | undefined, of: LegalView['counted'][number]['of']) =>
    date ? <Counted date={date} how={legal.counted.find((each) => each.of === of)} /> : null;
  return (
    <Section title={t('mandate:advisor.legal')}>
      <Facts
        facts={[
          [
            t('mandate:advisor.decideBy'),
            counted(legal.decideBy, 'decision') ??
              (legal.withoutPause || legal.isDecided ? null : t('mandate:advisor.noPeriod')),
          ],
          [
            t(`mandate:advisor.deadline.${legal.remedy?.kind ?? 'objection'}`),
            counted(legal.remedy?.lastDay, legal.remedy?.kind ?? 'objection'),
          ],
          [t('mandate:advisor.withoutPause'), legal.withoutPause],
          [t('mandate:advisor.extended'), legal.extension?.duration],
          [t('mandate:advisor.extendedWhy'), legal.extension?.reason && <AgencyWords text={legal.extension.reason} />],
          [t('mandate:advisor.paused'), legal.paused && <AgencyWords text={legal.paused} />],
          [
            t('mandate:advisor.noticeFrom'),
            notice &&
              counted(
                notice.isPossible ? t('mandate:advisor.noticeNow', { date: notice.possibleFrom }) : notice.possibleFrom,
                'notice',
              ),
          ],
          [t('mandate:advisor.noticeThen'), counted(notice?.decideBy, 'notice-answer')],
          [
            t('mandate:advisor.noticeReceived'),
            receivedNotice?.tooEarlyFor
              ? t('mandate:advisor.noticeTooEarly', { date: receivedNotice.received })
              : receivedNotice?.received,
          ],
          [t('mandate:advisor.deadline.notice-answer'), counted(receivedNotice?.decideBy, 'notice-answer')],
          [
            t('mandate:advisor.noticePerhaps'),
            receivedNotice?.decideBy &&
              receivedNotice.perhapsBy &&
              t('mandate:advisor.haveConfirmed', { date: receivedNotice.perhapsBy }),
          ],
          [
            t('mandate:advisor.courtFrom'),
            court &&
              counted(
                court.isPossible ? t('mandate:advisor.noticeNow', { date: court.possibleFrom }) : court.possibleFrom,
                'court',
              ),
          ],
        ]}
      />
    </Section>
  );
}
