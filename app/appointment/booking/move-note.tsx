import type { Key } from '~/i18n/keys';
import { useWords } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import type { MoveView } from './booking-view.server';

/** The state of a move and a link to its other booking; nothing once the move needs no words. */
export function MoveNote({ move }: { readonly move: MoveView }) {
  const { language, t } = useWords();
  const words = WORDS[move.part][move.state];
  if (!words) return null;
  const { other } = move;
  return (
    <Notice tone={move.state === 'lost' ? 'care' : 'plain'} live>
      <p>{t(words)}</p>
      {move.state === 'lost' ? null : (
        <p>
          <strong>{t('appointment:booking.moment', { day: other.day, time: other.time })}</strong> ·{' '}
          <bdi>{other.desk}</bdi>
          <br />
          <a href={`/${language}/bookings/${other.id}`}>{t('appointment:booking.seeOther')}</a>
        </p>
      )}
      {move.state === 'cancelling' && move.part === 'new' ? <p>{t('appointment:booking.keepTrying')}</p> : null}
    </Notice>
  );
}

const WORDS: Readonly<Record<MoveView['part'], Readonly<Record<MoveView['state'], Key | null>>>> = {
  new: {
    booking: 'appointment:booking.movingNew',
    cancelling: 'appointment:booking.movingOld',
    done: null,
    failed: 'appointment:booking.moveFailed',
    lost: 'appointment:booking.moveLost',
  },
  old: {
    booking: 'appointment:booking.movingFrom',
    cancelling: 'appointment:booking.movingFrom',
    done: 'appointment:booking.movedTo',
    failed: null,
    lost: 'appointment:booking.moveLost',
  },
};
