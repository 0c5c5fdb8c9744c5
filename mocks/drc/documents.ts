import type { CaseFile } from '../world/case-file';
import { uuidOf } from '../world/seed';

/** A document of a case. */
export interface CaseDocument {
  readonly uuid: string;
  readonly type: DocumentType;
  readonly title: string;
  readonly fileName: string;
  readonly status: 'definitief' | 'in_bewerking';
  readonly confidentiality: 'zaakvertrouwelijk' | 'vertrouwelijk';
  /** ISO dates. */
  readonly written: string;
  readonly sent: string | null;
  readonly content: Buffer;
  /** The size that is told, where it is not the content's. */
  readonly told?: number;
}

export const DOCUMENT_TYPES = ['Beschikking', 'Ontvangstbevestiging', 'Intern advies'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

export const documentTypeId = (type: DocumentType): string => uuidOf('informatieobjecttype', type);

/** The documents that belong to a case: letters to its people, and what is for the agency only. */
export function documentsOf(file: CaseFile): CaseDocument[] {
  const document = (
    type: DocumentType,
    title: string,
    written: string,
    more: Partial<Pick<CaseDocument, 'status' | 'confidentiality' | 'sent'>> = {},
  ): CaseDocument => ({
    uuid: uuidOf('informatieobject', file.reference, title),
    type,
    title,
    fileName: `${title}.pdf`,
    status: 'definitief',
    confidentiality: 'zaakvertrouwelijk',
    written,
    sent: written,
    content: pdfWith(`${title}: ${file.reference}`),
    ...more,
  });
  const decided = file.history.find(({ step }) => step.stage === 'decided')?.at.slice(0, 10);
  return [
    document('Ontvangstbevestiging', 'Ontvangstbevestiging', file.received),
    document('Intern advies', 'Advies aan de beslisser', file.received, {
      confidentiality: 'vertrouwelijk',
      sent: null,
    }),
    ...(decided && file.result
      ? [document('Beschikking', 'Beschikking op uw aanvraag', decided)]
      : [document('Beschikking', 'Concept van de beschikking', file.received, { status: 'in_bewerking', sent: null })]),
  ];
}

/** A page with one line of text. */
function pdfWith(line: string): Buffer {
  const text = `BT /F1 14 Tf 60 760 Td (${line.replace(/[\\()]/g, '\\$&')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(`${body}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}
