import { once } from 'node:events';
import { createServer } from 'node:http';
import { mailSettings, type ReceivedMail, startMailServer } from './server';

export interface Inbox {
  readonly url: string;
  /** Settings of the portal that sends its mail here. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts a mail server of the demo, and a page on `port` with what it received, the newest first. */
export async function startInbox(port: number): Promise<Inbox> {
  const mail = await startMailServer();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(inboxPage(mail.received));
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    settings: mailSettings(mail),
    async stop() {
      server.closeAllConnections();
      server.close();
      await mail.stop();
    },
  };
}

function inboxPage(received: readonly ReceivedMail[]): string {
  const mails = received.toReversed().map(({ to, text }) => `<h2>${escaped(to.join(', '))}</h2><p>${linked(text)}</p>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mail</title>
<style>body{font:1rem/1.5 system-ui;max-width:42rem;margin:1rem auto;padding:0 1rem}p{white-space:pre-wrap}</style></head>
<body><h1>Mail that the portal sent</h1>${mails.join('\n') || '<p>None yet. Load this page again.</p>'}</body></html>`;
}

const linked = (text: string): string =>
  escaped(text).replace(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
