import { asTicked, Desks, Weekdays } from '~/appointment/choices';
import { EmailField } from '~/appointment/email-field';
import { emailError } from '~/appointment/email-words';
import { useWords } from '~/i18n/use-t';
import { ConfirmAddress } from '~/notification/confirm-address';
import { LinkLine, Submit } from '~/ui/buttons';
import { useDraft } from '~/ui/draft';
import { Notice } from '~/ui/notice';
import type { DrawView, TicketFilledIn } from './draw.server';

interface DrawProps {
  readonly draw: DrawView;
  /** The form as it was sent, when its e-mail address was invalid. */
  readonly filledIn: TicketFilledIn | null;
}

/** The draw of a release: what it is, the one button that applies now, and how anybody can verify it. */
export function Draw({ draw, filledIn }: DrawProps) {
  const { t } = useWords();
  const { state, ticket, day, opens, closes } = draw;
  const good = state === 'offered' || state === 'open';
  return (
    <Notice tone={good ? 'good' : 'plain'} title={t(`appointment:draw.title.${state}`)} live={state === 'offered'}>
      {state === 'offered' ? <Won draw={draw} /> : <p>{t(`appointment:draw.text.${state}`, { day, opens, closes })}</p>}
      {state === 'before' || state === 'open' ? (
        <p>{t('appointment:draw.fair', { from: draw.from, until: draw.until })}</p>
      ) : null}
      {state === 'open' ? <TakeTicket mail={draw.mail} choices={draw.choices} filledIn={filledIn} /> : null}
      {state === 'waiting' && ticket?.place ? <p>{t('appointment:draw.place', { place: ticket.place })}</p> : null}
      {state === 'ticket' || state === 'waiting' || state === 'offered' ? (
        <form method="post" aria-label={t('appointment:draw.giveBack')}>
          <Submit name="draw" value="give-back" label={t('appointment:draw.giveBack')} quiet />
        </form>
      ) : null}
      {draw.confirm ? <ConfirmAddress confirm={draw.confirm} back={draw.back} /> : null}
      <Check draw={draw} />
    </Notice>
  );
}

function TakeTicket({ mail, choices, filledIn }: Pick<DrawView, 'mail' | 'choices'> & Pick<DrawProps, 'filledIn'>) {
  const { t } = useWords();
  const isTyped = useDraft() !== null;
  return (
    <form method="post" aria-label={t('appointment:draw.take')}>
      {mail ? (
        <EmailField
          hint={t('appointment:draw.emailHint')}
          error={filledIn ? emailError(filledIn.email, t) : undefined}
          value={filledIn?.email}
        />
      ) : null}
      {choices ? (
        <details id="wishes" open={isTyped || filledIn !== null}>
          <summary>{t('appointment:draw.wishes')}</summary>
          <p>{t('appointment:draw.wishesMore')}</p>
          {choices.desks.length > 1 ? (
            <Desks
              legend={t('appointment:search.desks')}
              desks={asTicked(choices.desks, ({ key }) => key, filledIn?.desks)}
            />
          ) : null}
          <Weekdays
            legend={t('appointment:search.weekdays')}
            weekdays={asTicked(choices.weekdays, ({ day }) => day, filledIn?.weekdays)}
          />
        </details>
      ) : null}
      <Submit name="draw" value="ticket" label={t('appointment:draw.take')} />
    </form>
  );
}

function Won({ draw: { offer } }: { readonly draw: DrawView }) {
  const { t } = useWords();
  if (!offer) return null;
  return (
    <>
      <p>
        <strong>{t('appointment:search.firstAt', { day: offer.day, time: offer.time, desk: offer.desk })}</strong>
      </p>
      <p>{t('appointment:draw.text.offered', { until: offer.until })}</p>
      <form
        method="post"
        action={offer.address}
        aria-label={t('appointment:search.firstAt', { day: offer.day, time: offer.time, desk: offer.desk })}
      >
        <Submit name="slot" value={offer.slotId} label={t('appointment:search.take')} />
      </form>
    </>
  );
}

function Check({ draw: { seedHash, check, ticket } }: { readonly draw: DrawView }) {
  const { t } = useWords();
  return (
    <details>
      <summary>{t('appointment:draw.check')}</summary>
      <p>{t('appointment:draw.checkText')}</p>
      {ticket ? (
        <p>
          {t('appointment:draw.number')} <bdi>{ticket.number}</bdi>
        </p>
      ) : null}
      <p className="breaks">
        {t('appointment:draw.seedHash')} <bdi>{seedHash}</bdi>
      </p>
      {check ? <LinkLine href={check} label={t('appointment:draw.order')} /> : null}
    </details>
  );
}
