import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import {
  type AdvisorMandateView,
  advisorMandates,
  answerAsAdvisor,
  type ClientLinkView,
  linkForClients,
  offerToClient,
} from '~/mandate/advisor.server';
import { MandateState, References, SharedWithOffice, StandsIn } from '~/mandate/client-mandates-page';
import { Colleagues } from '~/mandate/colleagues';
import { PILES, type Pile, pileOf } from '~/mandate/piles';
import { LinkLine, Submit } from '~/ui/buttons';
import { Field } from '~/ui/field';
import { FormOwner } from '~/ui/form-owner';
import { valuesIn } from '~/ui/form-values';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';

export async function loader({ request }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  return {
    title: translatorOf(advisor.language)('mandate:advisor.mandates.title'),
    mandates: await advisorMandates(advisor),
    link: linkForClients(advisor),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const form = await request.formData();
  const id = form.get('mandate');
  if (typeof id === 'string') {
    const answered = await answerAsAdvisor(advisor, id, String(form.get('do') ?? ''));
    return data({ offered: null, tooLate: !answered, values: null }, { status: answered ? 200 : 409 });
  }
  const offered = await offerToClient(advisor, form);
  if (offered === 'stopped') return data({ offered: null, tooLate: true, values: null }, { status: 409 });
  const values = offered === 'done' ? null : valuesIn(form, ['reference']);
  return data(
    { offered, tooLate: false, values },
    { status: offered === 'done' ? 200 : offered === 'wrong' ? 422 : 429 },
  );
}

export default function AdvisorMandates() {
  const { language, t } = useWords();
  const { mandates, link } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1>{t('mandate:advisor.mandates.title')}</h1>
      {answer?.offered ? (
        <Notice
          tone={answer.offered === 'done' ? 'good' : 'bad'}
          live
          text={t(`mandate:advisor.mandates.${answer.offered}`)}
        />
      ) : null}
      {answer?.tooLate ? <Notice tone="plain" live text={t('mandate:tooLate')} /> : null}
      <Section title={t('mandate:advisor.mandates.offer')}>
        <p>{t('mandate:advisor.mandates.offerText')}</p>
        <form method="post" action="?" aria-label={t('mandate:advisor.mandates.ask')}>
          <FormOwner />
          <Field
            name="reference"
            label={t('mandate:advisor.reference')}
            value={answer?.values?.reference?.[0]}
            autoComplete="off"
            required
          />
          <Field
            name="code"
            label={t('mandate:advisor.mandates.code')}
            inputMode="numeric"
            autoComplete="off"
            required
          />
          <Submit label={t('mandate:advisor.mandates.ask')} />
        </form>
      </Section>
      {link ? <LinkForClients link={link} /> : null}
      {PILES.map((pile) => (
        <Lying key={pile} pile={pile} mandates={mandates.filter((mandate) => pileOf(mandate) === pile)} />
      ))}
      <LinkLine href={`/${language}/advisor/give-back`} label={t('mandate:advisor.giveBack.title')} />
      <LinkLine href={`/${language}/advisor/own-files`} label={t('mandate:ownFile.export')} />
      <LinkLine href={`/${language}/advisor`} label={t('mandate:advisor.title')} />
    </>
  );
}

function LinkForClients({ link }: { readonly link: ClientLinkView }) {
  const t = useT();
  const { size, path } = link.qr;
  return (
    <Section title={t('mandate:advisor.mandates.link')} folded>
      <p>{t('mandate:advisor.mandates.linkText')}</p>
      <p>
        <a href={link.address} dir="ltr" translate="no">
          {link.address}
        </a>
      </p>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        width={200}
        height={200}
        role="img"
        aria-label={t('mandate:advisor.mandates.link')}
      >
        <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
        <path d={path} />
      </svg>
    </Section>
  );
}

function Lying({ pile, mandates }: { readonly pile: Pile; readonly mandates: readonly AdvisorMandateView[] }) {
  const t = useT();
  if (mandates.length === 0) return null;
  return (
    <section>
      <h2>{t(`mandate:pile.${pile}`)}</h2>
      <ul className="cards">
        {mandates.map((mandate) => (
          <li className="card" key={mandate.id}>
            <h3>{mandate.who ? <bdi translate="no">{mandate.who}</bdi> : t('mandate:advisor.mandates.someone')}</h3>
            <MandateState mandate={mandate} />
            <StandsIn mandate={mandate} />
            <SharedWithOffice mandate={mandate} />
            <References references={mandate.references} />
            {pile === 'before' ? null : (
              <form method="post" action="?" className="buttons">
                <FormOwner />
                <input type="hidden" name="mandate" value={mandate.id} />
                {mandate.state === 'pending-advisor' ? (
                  <>
                    <Submit name="do" value="yes" label={t('mandate:advisor.mandates.accept')} />
                    <Submit name="do" value="no" label={t('mandate:no')} quiet />
                  </>
                ) : (
                  <Submit name="do" value="withdraw" label={t('mandate:advisor.mandates.withdraw')} quiet />
                )}
              </form>
            )}
            <Colleagues mandate={mandate} />
          </li>
        ))}
      </ul>
    </section>
  );
}
