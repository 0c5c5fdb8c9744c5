import { useT } from '~/i18n/use-t';
import { useNonce } from '~/ui/nonce';
import { OwnLetters } from '~/ui/own-letters';
import type { Pane, SideBySide as Panes } from './caller-page.server';
import { roomForTwo } from './caller-size';
import styles from './side-by-side.css?url';
import wideScreen from './wide-screen.css?url';

interface SideBySideProps {
  readonly panes: Panes;
  /** Of the caller's page, in rem; null when not known. */
  readonly pageWidth: number | null;
}

/** The caller's page and the same page in the employee's language, line beside line. */
export function SideBySide({ panes, pageWidth }: SideBySideProps) {
  const t = useT();
  return (
    <div className="side-by-side">
      <link rel="stylesheet" href={styles} />
      <link rel="stylesheet" href={wideScreen} media={roomForTwo(pageWidth)} />
      <OwnLetters language={panes.caller.language} />
      <PaneOf pane={panes.caller} title={t('helpdesk:view.caller')} region="caller" />
      <PaneOf pane={panes.own} title={t('helpdesk:view.dutch')} region="own" />
    </div>
  );
}

function PaneOf({ pane, title, region }: { readonly pane: Pane; readonly title: string; readonly region: string }) {
  return (
    <section
      className="side-by-side__pane"
      aria-label={title}
      lang={pane.language}
      dir={pane.direction}
      data-region={region}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own components, rendered on the server by React, which escapes
      dangerouslySetInnerHTML={{ __html: pane.html }}
    />
  );
}

/**
 * Blanks the page within two seconds after the view has ended, or when its state can't be read. When the view goes on
 * in another tab, this one says so.
 */
export function Watch({ alive, over }: { readonly alive: string; readonly over: string }) {
  const t = useT();
  const nonce = useNonce();
  return (
    <>
      <section id="view-elsewhere" role="status" hidden>
        {t('helpdesk:view.elsewhere')}
      </section>
      <script
        nonce={nonce}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text and addresses, under the page's nonce
        dangerouslySetInnerHTML={{ __html: `(${WATCH})(${asJson(alive)},${asJson(over)})` }}
      />
    </>
  );
}

const asJson = (text: string): string => JSON.stringify(text).replaceAll('<', '\\u003c');

const WATCH = `function(alive,over){var main=document.querySelector('main'),elsewhere=document.getElementById('view-elsewhere');
function end(){main.textContent='';location.replace(over)}
function leave(){clearInterval(timer);var heading=document.createElement('h1');heading.textContent=elsewhere.textContent;elsewhere.replaceChildren(heading);main.replaceChildren(elsewhere);elsewhere.hidden=false}
var timer=setInterval(function(){fetch(alive,{cache:'no-store',redirect:'error',signal:AbortSignal.timeout(900)}).then(function(a){if(a.status===409)leave();else if(!a.ok)end()},end)},900)}`;
