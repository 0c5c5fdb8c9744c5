import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireViewer, sessionMark } from '~/identity/session.server';
import { makeMandateCode, mandatesPage, offerToOffice } from '~/mandate/client.server';
import { ChooseOffice, ClientMandates, GiveCode } from '~/mandate/client-mandates-page';
import { LinkLine } from '~/ui/buttons';
import { valuesIn } from '~/ui/form-values';
import { Notice } from '~/ui/notice';
import { Trouble } from '~/ui/trouble';

const MONTHS = [3, 6, 12] as const;

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  // An advisor's link fills in the number of the office; the client still sends the request.
  const office = /^\d{9}$/.exec(new URL(request.url).searchParams.get('office') ?? '')?.[0] ?? null;
  return { title: translatorOf(viewer.language)('mandate:title'), office, ...(await mandatesPage(viewer)) };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await request.formData();
  if (form.get('do') === 'code')
    return { code: await makeMandateCode(viewer, sessionMark(request)), offered: null, asked: true, values: null };
  const offered = await offerToOffice(viewer, form);
  const values =
    offered === 'done' ? null : valuesIn(form, ['office', 'reference', 'months', 'scope', 'colleague', 'sharing']);
  return data({ code: null, offered, asked: false, values }, { status: offered === 'done' ? 200 : 422 });
}

export default function Mandates() {
  const { language, t } = useWords();
  const { mandates, references, why, mayGive, office } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const wrong = answer?.offered === 'office' || answer?.offered === 'cases' ? answer.offered : null;
  return (
    <>
      <h1>{t('mandate:title')}</h1>
      <p className="lead">{t('mandate:lead')}</p>
      {answer?.offered === 'done' ? <Done /> : null}
      {why ? <Trouble why={why} /> : null}
      <ClientMandates mandates={mandates} />
      {mayGive ? (
        <GiveCode digits={answer?.code ?? null} failed={answer?.asked === true && answer.code === null} />
      ) : null}
      <ChooseOffice
        references={references}
        wrong={wrong}
        values={answer?.values ?? (office ? { office: [office] } : null)}
        months={MONTHS}
      />
      <LinkLine href={`/${language}/who-looked`} label={t('audit:title')} />
    </>
  );
}

function Done() {
  const t = useT();
  return <Notice tone="good" live text={t('mandate:choose.done')} />;
}
