import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { insight, PAGES } from '~/helpdesk/reasons.server';
import { procedureWords, stageWords } from '~/i18n/agency-words';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { VIEW_AS_PURPOSES } from '~/model/view-as';

/** Why people call, by week, procedure and stage, and which pages fail them. No personal data. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { language } = await requireProfessional(request, 'staff');
  const t = translatorOf(language);
  const { counts, fails } = await insight();
  const stageName = (code: string | null) => {
    return code ? stageWords(code, t) : '–';
  };
  const pageName = (code: string) => t(`helpdesk:page.${PAGES.find((known) => known === code) ?? 'case'}`);
  return {
    title: t('helpdesk:insight.title'),
    fails: fails.map((line) => ({ ...line, page: pageName(line.page), stage: stageName(line.stage) })),
    counts: counts.map((line) => {
      const reason = VIEW_AS_PURPOSES.find((known) => known === line.reason);
      return {
        ...line,
        week: formatsOf(language).date(line.week),
        procedure: line.procedure ? procedureWords(line.procedure, t) : '–',
        stage: stageName(line.stage),
        reason: reason ? t(`helpdesk:purpose.${reason}`) : line.reason,
      };
    }),
  };
}

export default function Insight() {
  const { language, t } = useWords();
  const { counts, fails } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 id="title">{t('helpdesk:insight.title')}</h1>
      <p>{t('helpdesk:insight.lead')}</p>
      {counts.length === 0 ? <p>{t('helpdesk:insight.none')}</p> : null}
      {fails.length > 0 ? (
        <>
          <h2>{t('helpdesk:insight.fails')}</h2>
          <ol>
            {fails.map((line) => (
              <li key={`${line.page} ${line.stage}`}>
                {line.page} · {line.stage}: {line.failed} / {line.all}
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {counts.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div className="wide" role="group" aria-labelledby="title" tabIndex={0}>
          <table aria-labelledby="title">
            <thead>
              <tr>
                <th scope="col">{t('helpdesk:insight.week')}</th>
                <th scope="col">{t('helpdesk:insight.procedure')}</th>
                <th scope="col">{t('helpdesk:insight.stage')}</th>
                <th scope="col">{t('helpdesk:insight.reason')}</th>
                <th scope="col">{t('helpdesk:reason.yes')}</th>
                <th scope="col">{t('helpdesk:reason.not-understood')}</th>
                <th scope="col">{t('helpdesk:reason.no')}</th>
              </tr>
            </thead>
            <tbody>
              {counts.map((line) => (
                <tr key={`${line.week} ${line.procedure} ${line.stage} ${line.page} ${line.reason}`}>
                  <td>{line.week}</td>
                  <td>{line.procedure}</td>
                  <td>{line.stage}</td>
                  <td>{line.reason}</td>
                  <td>{line.yes}</td>
                  <td>{line.notUnderstood}</td>
                  <td>{line.no}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <p>
        <a href={`/${language}/helpdesk/insight/export`}>{t('helpdesk:insight.export')}</a> ·{' '}
        <a href={`/${language}/helpdesk`}>{t('helpdesk:desk.title')}</a>
      </p>
    </>
  );
}
