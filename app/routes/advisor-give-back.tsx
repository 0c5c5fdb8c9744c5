import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { requireStepUp } from '~/identity/step-up.server';
import { Confirm, Given, Tickable } from '~/mandate/give-back';
import { chosenOf, giveBack, giveBackView, undoGiveBack } from '~/mandate/give-back.server';
import { openSearch, sealedSearch } from '~/mandate/list-address.server';
import { LinkLine, Submit } from '~/ui/buttons';
import { Field } from '~/ui/field';
import { Notice } from '~/ui/notice';

/** Where an advisor gives many mandates back at once, and undoes it within a day. */
export async function loader({ request }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  await requireStepUp(request);
  const { searchParams } = new URL(request.url);
  const typed = searchParams.get('q');
  if (typed !== null) throw redirect(`${pathOf(advisor)}?find=${sealedSearch(typed, advisor.actor.id)}`);
  const search = openSearch(searchParams.get('find') ?? '', advisor.actor.id);
  return {
    title: translatorOf(advisor.language)('mandate:advisor.giveBack.title'),
    search,
    ...(await giveBackView(advisor, search)),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  await requireStepUp(request);
  const form = await request.formData();
  if (form.get('do') === 'undo') {
    const left = await undoGiveBack(advisor, form);
    return data({ said: left > 0 ? 'notUndone' : 'undone', chosen: null } as const, { status: left > 0 ? 409 : 200 });
  }
  const chosen = await chosenOf(advisor, form);
  if (chosen.length === 0) return data({ said: 'noneChosen', chosen: null } as const, { status: 422 });
  if (form.get('do') !== 'give') return data({ said: null, chosen });
  await giveBack(advisor, form);
  return data({ said: 'done', chosen: null } as const);
}

const pathOf = ({ language }: { readonly language: string }) => `/${language}/advisor/give-back`;

export default function AdvisorGiveBack() {
  const { language, t } = useWords();
  const { search, mandates, given } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const back = <LinkLine href={`/${language}/advisor/mandates`} label={t('mandate:advisor.mandates.title')} />;
  if (answer?.chosen) {
    return (
      <>
        <h1>{t('mandate:advisor.giveBack.title')}</h1>
        <Confirm chosen={answer.chosen} />
        {back}
      </>
    );
  }
  const isGood = answer?.said === 'done' || answer?.said === 'undone';
  return (
    <>
      <h1>{t('mandate:advisor.giveBack.title')}</h1>
      {answer?.said ? (
        <Notice tone={isGood ? 'good' : 'bad'} live text={t(`mandate:advisor.giveBack.${answer.said}`)} />
      ) : null}
      <Given given={given} />
      <p>{t('mandate:advisor.giveBack.text')}</p>
      <form method="get" className="buttons" aria-label={t('mandate:advisor.giveBack.title')}>
        <Field name="q" type="search" label={t('mandate:advisor.search')} value={search} autoComplete="off" />
        <Submit label={t('mandate:advisor.show')} quiet />
      </form>
      {mandates.length > 0 ? (
        <Tickable mandates={mandates} />
      ) : (
        <p>{t(search ? 'mandate:advisor.noneFound' : 'mandate:advisor.giveBack.none')}</p>
      )}
      {back}
    </>
  );
}
