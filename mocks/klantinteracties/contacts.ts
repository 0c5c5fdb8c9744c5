import { uuidOf } from '../world/seed';

/** A thing of some register that a contact is about (onderwerpobjectidentificator). */
export interface Subject {
  readonly objectId: string;
  readonly codeObjecttype: string;
  readonly codeRegister: string;
  readonly codeSoortObjectId: string;
}

/** A contact as a client wrote it, with what was joined to it since. */
export interface StoredContact {
  readonly uuid: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly party: Readonly<Record<string, unknown>> | null;
  readonly subjects: readonly { readonly uuid: string; readonly subject: Subject }[];
}

/** A request that changes something, as it came. */
export interface SentBody {
  readonly path: string;
  readonly body: unknown;
}

export interface Contacts {
  /** What was posted, in order. */
  readonly sent: readonly SentBody[];
  readonly note: (sent: SentBody) => void;
  readonly all: () => readonly StoredContact[];
  readonly add: (
    fields: StoredContact['fields'],
    party: StoredContact['party'],
    subject: Subject | null,
  ) => StoredContact;
  /** Null: there is no such contact. */
  readonly join: (contact: string, subject: Subject) => { readonly uuid: string } | null;
  /** Stores a write and breaks its connection off before the answer. @param nth from now on, from 1 */
  readonly loseAnswer: (nth: number) => void;
  readonly isAnswerLost: () => boolean;
  readonly reset: () => void;
}

/** The register of contacts of the simulated agency, in memory. */
export function createContacts(): Contacts {
  let stored: StoredContact[] = [];
  const sent: SentBody[] = [];
  let made = 0;
  /** Writes until the one whose answer is lost; 0: none. */
  let losing = 0;
  const newId = (kind: string) => {
    made += 1;
    return uuidOf(kind, String(made));
  };
  const joined = (subject: Subject) => ({ uuid: newId('onderwerpobject'), subject });
  return {
    sent,
    note: (body) => void sent.push(body),
    all: () => stored,
    add(fields, party, subject) {
      const uuid = newId('klantcontact');
      const contact = { uuid, fields, party, subjects: subject ? [joined(subject)] : [] };
      stored = [...stored, contact];
      return contact;
    },
    join(contact, subject) {
      if (!stored.some(({ uuid }) => uuid === contact)) return null;
      const added = joined(subject);
      stored = stored.map((one) => (one.uuid === contact ? { ...one, subjects: [...one.subjects, added] } : one));
      return added;
    },
    loseAnswer: (nth) => {
      losing = nth;
    },
    isAnswerLost() {
      if (losing === 0) return false;
      losing -= 1;
      return losing === 0;
    },
    reset() {
      stored = [];
      sent.length = 0;
      losing = 0;
    },
  };
}
