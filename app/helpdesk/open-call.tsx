import whoLooks from '~/enhance/who-looks?inline-script';
import { useWords } from '~/i18n/use-t';
import { LinkButton, Submit } from '~/ui/buttons';
import { FormOwner } from '~/ui/form-owner';
import { InlineScript } from '~/ui/inline-script';
import type { OpenCall } from './open-call.server';

interface OpenCallProps {
  readonly call: OpenCall;
  /** The page's path without its language. */
  readonly path: string;
}

/** Above every page: who looks and STOP for the caller, the way back into the call for the employee. */
export function OpenCallBar({ call, path }: OpenCallProps) {
  if (call.kind === 'caller') return path.startsWith('/helpdesk/with-me') ? null : <WhoLooks call={call} />;
  const isThere = call.running !== null && path.startsWith(`/helpdesk/calls/${call.running.id}`);
  return (
    <>
      {call.running && !isThere ? <RunningCall call={call.running} /> : null}
      {call.waiting > 0 && !path.startsWith('/helpdesk/requests') ? <Waiting number={call.waiting} /> : null}
    </>
  );
}

/** Hidden until somebody looks: the script shows it on a page that was open before. */
function WhoLooks({ call }: { readonly call: OpenCall & { readonly kind: 'caller' } }) {
  const { language, t } = useWords();
  const here = `/${language}/helpdesk/with-me`;
  const isLooking = call.agentNumber !== null;
  const [before, after] = t('helpdesk:caller.looking', { number: '{{number}}' }).split('{{number}}');
  return (
    <section className="open-call" id="who-looks" role="status" data-now={`${here}/now`} hidden={!isLooking}>
      <p>
        <strong>
          {before}
          <span data-number="">{call.agentNumber ?? ''}</span>
          {after}
        </strong>
      </p>
      <form method="post" action={here}>
        <FormOwner />
        <Submit name="do" value="stop" label={t('helpdesk:caller.stop')} />
      </form>
      <InlineScript code={whoLooks} />
    </section>
  );
}

function RunningCall({ call }: { readonly call: Running }) {
  const { language, t } = useWords();
  const here = `/${language}/helpdesk/calls/${call.id}`;
  return (
    <section className="open-call" aria-label={t('helpdesk:bar.running', { call: call.callId, time: call.until })}>
      <p>
        <strong>{t('helpdesk:bar.running', { call: call.callId, time: call.until })}</strong>
      </p>
      <p className="buttons">
        <LinkButton href={here} label={t('helpdesk:bar.back')} />
      </p>
      <form method="post" action={here}>
        <Submit name="do" value="end" label={t('helpdesk:view.end')} quiet />
      </form>
    </section>
  );
}

type Running = NonNullable<(OpenCall & { readonly kind: 'employee' })['running']>;

function Waiting({ number }: { readonly number: number }) {
  const { language, t } = useWords();
  return (
    <nav className="open-call" aria-label={t('helpdesk:requests.title')}>
      <a href={`/${language}/helpdesk/requests`}>{t('helpdesk:requests.waiting', { number: String(number) })}</a>
    </nav>
  );
}
