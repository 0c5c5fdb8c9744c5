import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: readonly string[];
  /** Headers and text as received. */
  readonly raw: string;
  /** The text, decoded. */
  readonly text: string;
}

export interface MailServer {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  forget(): void;
  stop(): Promise<void>;
}

/** Settings of a portal that sends its mail to this server. */
export const mailSettings = ({ url }: MailServer): Record<string, string> => ({
  SMTP_URL: url,
  MAIL_FROM: 'no-reply@example.org',
});

/** Starts a real SMTP server that accepts every mail. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw, text: textOf(raw) });
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    forget: () => {
      received.length = 0;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The code in the newest mail that asks to confirm an address; "" when there is none. */
export const codeIn = ({ received }: MailServer): string =>
  received.findLast(({ text }) => /^\d{6}\r?$/m.test(text))?.text.match(/^\d{6}/m)?.[0] ?? '';

/** Decodes the text of a mail, its first part where it has several, in any transfer encoding. */
function textOf(raw: string): string {
  const [, boundary] = raw.match(/content-type: multipart\/\w+;\s+boundary="([^"]+)"/i) ?? [];
  if (boundary !== undefined) return textOf(raw.split(`--${boundary}\r\n`)[1]?.split(`\r\n--${boundary}`)[0] ?? '');
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const packed = body.join('\r\n\r\n');
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(packed, 'base64').toString();
  if (!/content-transfer-encoding: quoted-printable/i.test(head)) return packed;
  const bytes = packed
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
