import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer } from '~/identity/session.server';
import { MessagesPage } from '~/message/messages-page';
import { chooseMessages, settingsView, skipMessages, stopOwnMessages } from '~/message/settings.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await ownViewer(request);
  const isSaved = new URL(request.url).searchParams.has('saved');
  return { title: translatorOf(viewer.language)('message:title'), view: await settingsView(viewer), isSaved };
}

/** Three buttons: save the choices, stop all messages, and "not now" of the start page. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await ownViewer(request);
  const form = await request.formData();
  switch (form.get('do')) {
    case 'skip':
      await skipMessages(viewer);
      return redirect(`/${viewer.language}/cases`);
    case 'stop':
      await stopOwnMessages(viewer);
      return redirect('?');
  }
  const chosen = await chooseMessages(viewer, form);
  return chosen.ok ? redirect('?saved') : data({ errors: chosen.errors }, { status: 422 });
}

/** Who represents a person does not decide to whom news of them goes. */
async function ownViewer(request: Request) {
  const viewer = await requireViewer(request);
  if (viewer.basis !== 'self') throw data(null, { status: 404 });
  return viewer;
}

export default function Messages() {
  const { view, isSaved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <MessagesPage view={view} isSaved={isSaved} errors={answer?.errors ?? {}} />;
}
