import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { safeReturn } from '~/identity/way-back.server';
import { ConfirmAddress } from '~/notification/confirm-address';
import { answerConfirmation, confirmationFor } from '~/notification/mail-address.server';
import { LinkLine } from '~/ui/buttons';
import { Notice } from '~/ui/notice';

/** The newest address that the viewer has left and not confirmed. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  return {
    title: translatorOf(viewer.language)('appointment:confirm.title'),
    confirm: await confirmationFor(viewer),
  };
}

/** Two buttons: confirm by a code, send another code. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await request.formData();
  const back = safeReturn(String(form.get('to') ?? ''), viewer.language);
  const { id, outcome } = await answerConfirmation(viewer, form);
  if (outcome === 'confirmed') return redirect(back);
  const status = { wrong: 422, sent: 200, 'too-many': 429 }[outcome];
  return data({ outcome, back, confirm: await confirmationFor(viewer, id) }, { status });
}

export default function MailAddress() {
  const { language, t } = useWords();
  const { confirm: newest } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const confirm = answer?.confirm ?? newest;
  const isNumber = confirm?.channel === 'sms';
  const back = answer?.back ?? `/${language}/cases`;
  return (
    <>
      <h1>{t(isNumber ? 'message:number.title' : 'appointment:confirm.title')}</h1>
      {answer?.outcome === 'sent' ? <Notice tone="good" live text={t('appointment:confirm.sentAgain')} /> : null}
      {answer?.outcome === 'wrong' ? (
        <Notice tone="bad" live text={t(isNumber ? 'message:number.wrong' : 'appointment:confirm.wrong')} />
      ) : null}
      {confirm ? <ConfirmAddress confirm={confirm} back={back} /> : <None />}
      <LinkLine href={back} label={t('appointment:confirm.back')} />
    </>
  );
}

function None() {
  const t = useT();
  return <p>{t('appointment:confirm.none')}</p>;
}
