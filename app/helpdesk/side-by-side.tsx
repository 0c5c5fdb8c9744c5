import { useT } from '~/i18n/use-t';
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
