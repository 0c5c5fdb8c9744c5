import { z } from 'zod';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { callerView, hasViewCode, makeViewCode, stopView } from '~/helpdesk/caller.server';
import { CallerHelp } from '~/helpdesk/caller-help';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer, sessionMark } from '~/identity/session.server';

/** "Help with this page": the caller's half of a call. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const stopped = new URL(request.url).searchParams.has('stopped');
  return {
    title: translatorOf(viewer.language)('common:helpByPhone'),
    view: await callerView(viewer),
    stopped,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await request.formData();
  if (form.get('do') === 'stop') {
    await stopView(viewer);
    return redirect(`/${viewer.language}/helpdesk/with-me?stopped`);
  }
  const renewed = renewals.parse(form.get('renewal'));
  // A second tab or a form sent twice must not end a code that is being read out.
  if (renewed === 0 && !form.has('replace') && (await hasViewCode(viewer)))
    return redirect(`/${viewer.language}/helpdesk/with-me`);
  const code = await makeViewCode(viewer, sessionMark(request), form.get('width'));
  return data({ code, renewals: renewed }, { status: code ? 200 : 503 });
}

/** How often the page has made a new code by itself. */
const renewals = z.coerce.number().int().min(0).max(2).catch(0);

export default function WithMe() {
  const { view, stopped } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <CallerHelp
      view={view}
      stopped={stopped}
      asked={answer !== undefined}
      code={answer?.code ?? null}
      renewals={answer?.renewals ?? 0}
    />
  );
}
