import { z } from 'zod';
import { CALL_ANSWERS, CALL_PAGES, CALL_REASONS } from '~/model/contact-moment';
import { name, needed, objectOrNone, rowsOf, text, textOrNone } from '../field-values.server';
import { pageOf } from '../zgw/schema.server';

/** What a contact is about (onderwerpobject): a thing of some register. */
export interface Subject {
  readonly objectId: string;
  readonly codeObjecttype: string;
  readonly codeRegister: string;
  readonly codeSoortObjectId: string;
}

const REGISTER = 'zicht';

/** The portal's own name of a contact. The API has no key against repetition, so each contact carries this one. */
export const ownName = (id: string): Subject => ({
  objectId: id,
  codeObjecttype: 'klantcontact',
  codeRegister: REGISTER,
  codeSoortObjectId: 'uuid',
});

/** The person, as a keyed hash: their numbers would stand in the addresses of searches. */
export const personSubject = (person: string): Subject => ({
  objectId: person,
  codeObjecttype: 'persoon',
  codeRegister: REGISTER,
  codeSoortObjectId: 'pseudoniem',
});

/** A case, as other programs that use the API name it. */
export const caseSubject = (caseId: string): Subject => ({
  objectId: caseId,
  codeObjecttype: 'zaak',
  codeRegister: 'open-zaak',
  codeSoortObjectId: 'uuid',
});

const subjectSchema = z.object({
  objectId: text,
  codeObjecttype: text,
  codeRegister: text,
  codeSoortObjectId: text,
}) satisfies z.ZodType<Subject>;
const linkSchema = z.object({ onderwerpobjectidentificator: objectOrNone(subjectSchema) });

const codeOf = <const Code extends string>(codes: readonly Code[]) =>
  textOrNone.transform((value) => codes.find((code) => code === value) ?? null);

/** What the portal wrote beside the words. OpenKlant keeps it from 2.16 on. */
const metadataSchema = z.object({
  reden: codeOf(CALL_REASONS),
  antwoordOpPagina: codeOf(CALL_ANSWERS),
  pagina: codeOf(CALL_PAGES),
});

/** A contact (klantcontact) with its subjects. One that comes without them can't be told to be anybody's. */
const contactSchema = z.object({
  uuid: needed,
  kanaal: name,
  onderwerp: name,
  plaatsgevondenOp: needed.pipe(z.iso.datetime({ offset: true })),
  metadata: objectOrNone(metadataSchema),
  _expand: z
    .object({ gingOverOnderwerpobjecten: rowsOf(linkSchema) })
    .transform(({ gingOverOnderwerpobjecten: { rows } }) =>
      rows.flatMap(({ onderwerpobjectidentificator: subject }) => (subject ? [subject] : [])),
    ),
});

export type Contact = z.output<typeof contactSchema>;

export const contactsSchema = pageOf(contactSchema);
export const madeSchema = z.object({ klantcontact: z.object({ uuid: needed }) });
export const linkedSchema = z.object({ uuid: needed });

export const isAbout = ({ _expand: subjects }: Contact, wanted: Subject): boolean =>
  subjects.some(
    (subject) =>
      subject.objectId === wanted.objectId &&
      subject.codeObjecttype === wanted.codeObjecttype &&
      subject.codeRegister === wanted.codeRegister,
  );
