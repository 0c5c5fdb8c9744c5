import { useT } from '~/i18n/use-t';
import { CallBar } from './call-bar';
import { SideBySide } from './side-by-side';

type CallPageProps = React.ComponentProps<typeof CallBar> & React.ComponentProps<typeof SideBySide>;

/** A page of the caller's in two languages, with the bar of the call on top. */
export function CallPage({ call, panes, pageWidth }: CallPageProps) {
  const t = useT();
  return (
    <>
      <h1 className="hidden">{t('helpdesk:view.title')}</h1>
      <CallBar call={call} />
      <SideBySide panes={panes} pageWidth={pageWidth} />
    </>
  );
}
