import { noteAct } from '~/audit/noted-act.server';
import { ADDRESS_CODE } from '~/model/mail-address';
import { ungrouped } from '~/model/typed-text';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { makerOf, ownerOf } from '~/platform/pseudonym.server';
import {
  addressWith,
  confirmAddress,
  confirmedAddressOf,
  leaveAddress,
  type MailAddress,
  sendCodeAgain,
  unconfirmedAddresses,
} from '~/store/mail-address.server';
import { sendsMail } from './mail.server';

const sending = ({ language }: Viewer) => ({ language, now: now() });

/**
 * Keeps the address that a viewer left for later mails, and mails it a code unless they confirmed it before. Returns its
 * id; null for no address.
 *
 * @param address valid, or "" for none
 */
export const leaveMailAddress = async (viewer: WritingViewer, address: string): Promise<string | null> => {
  // What an advisor arranges is the client's business, so mail goes where the client wanted it, and nowhere else.
  if (viewer.basis === 'mandate') return confirmedAddressOf(ownerOf(viewer));
  return address === '' ? null : leaveAddress(makerOf(viewer), address, sending(viewer));
};

/** The same for a phone number that gets text messages; null for none. @param number valid, or "" */
export const leaveNumber = async (viewer: WritingViewer, number: string): Promise<string | null> =>
  number === '' ? null : leaveAddress(makerOf(viewer), number, sending(viewer), 'sms');

/** Whether mail goes to an address that the viewer left, and the form with which they confirm it. */
export async function mailAddressView(viewer: Viewer, id: string | null) {
  const known = sendsMail() ? await addressWith(makerOf(viewer), id) : null;
  return { byMail: known?.isConfirmed ?? false, toConfirm: known && !known.isConfirmed ? formOf(viewer, known) : null };
}

/** The form for one of the viewer's addresses that is not confirmed: the newest one when no id is given, or null. */
export async function confirmationFor(viewer: Viewer, id?: string): Promise<ConfirmAddressView | null> {
  const all = await unconfirmedAddresses(makerOf(viewer));
  const known = all.find((one) => one.id === id) ?? all[0];
  return known ? formOf(viewer, known) : null;
}

export type ConfirmAddressView = ReturnType<typeof formOf>;

function formOf({ language }: Viewer, { id, channel, address, hasCode, canSend, codeFailed }: MailAddress) {
  return { id, channel, address, hasCode, canSend, codeFailed, action: `/${language}/e-mail` };
}

/** Tries a code, or mails another one. */
export async function answerConfirmation(
  viewer: WritingViewer,
  form: FormData,
): Promise<{ readonly id: string; readonly outcome: 'confirmed' | 'wrong' | 'sent' | 'too-many' }> {
  const id = String(form.get('address') ?? '');
  const owner = makerOf(viewer);
  if (form.get('do') === 'send-again')
    return { id, outcome: (await sendCodeAgain(owner, id, sending(viewer))) ? 'sent' : 'too-many' };
  const code = ungrouped(String(form.get('code') ?? ''));
  const isRight = code.length === ADDRESS_CODE.digits && (await confirmAddress(owner, id, code));
  if (!isRight) return { id, outcome: 'wrong' };
  noteAct(viewer.actor, { action: 'confirm-address', objectType: 'address', objectRef: id, onBehalfOf: owner });
  return { id, outcome: 'confirmed' };
}
