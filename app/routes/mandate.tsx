import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { answerMandate, changeChosen, chosenIn, clientMandate, refuseUndo, termsIn } from '~/mandate/client.server';
import {
  GivenBack,
  GivenBy,
  MandateState,
  MayStandIn,
  Office,
  OfficeChoice,
  References,
  ScopeChoice,
  StandsIn,
  Who,
} from '~/mandate/client-mandates-page';
import { pileOf } from '~/mandate/piles';
import { LinkButton, LinkLine, Submit } from '~/ui/buttons';
import { FormOwner } from '~/ui/form-owner';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const mandate = await clientMandate(viewer, params.mandate ?? '');
  if (!mandate) throw data(null, { status: 404 });
  return {
    title: translatorOf(viewer.language)('mandate:title'),
    mandate,
    terms: termsIn(viewer.language, mandate.state === 'pending-client' ? null : mandate),
    asksEnd: new URL(request.url).searchParams.has('end'),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await request.formData();
  const [id, answer] = [params.mandate ?? '', String(form.get('do') ?? '')];
  if (answer === 'scope' || answer === 'office') {
    await changeChosen(viewer, id, form);
    return redirect(`/${viewer.language}/mandates/${id}`);
  }
  if (answer === 'no-undo') {
    await refuseUndo(viewer, id);
    return redirect(`/${viewer.language}/mandates`);
  }
  const answered = await answerMandate(viewer, id, answer, chosenIn(form));
  if (answered) return redirect(`/${viewer.language}/mandates`);
  return data({ tooLate: true }, { status: 409 });
}

export default function MandatePage() {
  const { language, t } = useWords();
  const { mandate, terms, asksEnd } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const who = mandate.who === mandate.firm ? t('mandate:office', { number: mandate.firm }) : mandate.who;
  const asks = mandate.state === 'pending-client';
  const heading = asks ? 'mandate:asks' : mandate.state === 'active' ? 'mandate:may' : null;
  return (
    <>
      <h1>{heading ? t(heading, { who }) : <Who mandate={mandate} />}</h1>
      {answer?.tooLate ? <Notice tone="plain" live text={t('mandate:tooLate')} /> : null}
      <Office mandate={mandate} />
      <MandateState mandate={mandate} />
      <StandsIn mandate={mandate} />
      <GivenBack mandate={mandate} />
      <References references={mandate.references} />
      <GivenBy mandate={mandate} />
      <Section title={t('mandate:termsTitle')}>
        <ul>
          {terms.map((term) => (
            <li key={term}>{term}</li>
          ))}
        </ul>
        {pileOf(mandate) === 'waiting' ? <p>{t('mandate:howLong', { count: mandate.months })}</p> : null}
      </Section>
      <Choices mandate={mandate} asksEnd={asksEnd} />
      <LinkLine href={`/${language}/mandates`} label={t('mandate:back')} />
    </>
  );
}

/** Accept or refuse an offer; end an existing mandate in two taps. */
function Choices({ mandate, asksEnd }: Pick<ReturnType<typeof useLoaderData<typeof loader>>, 'mandate' | 'asksEnd'>) {
  const t = useT();
  if (mandate.undoUntil && mandate.givenBy === null) {
    return (
      <form method="post">
        <FormOwner />
        <Submit name="do" value="no-undo" label={t('mandate:noUndo')} />
      </form>
    );
  }
  if (pileOf(mandate) === 'before' || !mandate.mayEnd) return null;
  if (mandate.state === 'pending-client') {
    return (
      <form method="post" aria-label={t('mandate:yes')}>
        {mandate.scope === 'look' ? null : (
          <p>{t('mandate:scope.asked', { what: t(`mandate:scope.${mandate.scope}`) })}</p>
        )}
        <ScopeChoice chosen={undefined} />
        <MayStandIn />
        <OfficeChoice chosen={mandate.office} />
        <div className="buttons">
          <Submit name="do" value="yes" label={t('mandate:yes')} />
          <Submit name="do" value="no" label={t('mandate:no')} quiet />
        </div>
      </form>
    );
  }
  if (!asksEnd) {
    return (
      <>
        <LinkButton href="?end" label={t('mandate:end')} />
        {mandate.state === 'active' && mandate.givenBy === null && mandate.standsInFor === null ? (
          <>
            <form method="post">
              <FormOwner />
              <ScopeChoice chosen={mandate.scope} />
              <Submit name="do" value="scope" label={t('mandate:scope.change')} quiet />
            </form>
            <form method="post">
              <FormOwner />
              <OfficeChoice chosen={mandate.office} within={mandate.scope} />
              <Submit name="do" value="office" label={t('mandate:sharing.change')} quiet />
            </form>
          </>
        ) : null}
      </>
    );
  }
  return (
    <Notice tone="plain" title={t('mandate:endSure')} live>
      {mandate.colleagues ? <p>{t('mandate:colleague.endsToo', { who: mandate.colleagues })}</p> : null}
      <form method="post" className="buttons" aria-label={t('mandate:endYes')}>
        <Submit name="do" value="end" label={t('mandate:endYes')} />
        <LinkButton href="?" label={t('mandate:endNo')} quiet />
      </form>
    </Notice>
  );
}
