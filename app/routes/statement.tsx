import { openCase } from '~/case/open-case.server';
import { config } from '~/config/config.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { makeStatement, statementsView, withdrawOwn } from '~/statement/statement.server';
import { StatementPage, StatementSheet } from '~/statement/statement-page';
import { Trouble } from '~/ui/trouble';

/** The statement that a case is being handled: made, printed and withdrawn here. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { viewer, opened } = await openOwn(request, params.case);
  const title = translatorOf(viewer.language)('statement:title');
  const withdrawn = new URL(request.url).searchParams.has('withdrawn');
  if ('why' in opened) return { title, why: opened.why, view: null, withdrawn };
  return { title, why: null, view: await statementsView(viewer, opened.theCase), withdrawn };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { viewer, opened } = await openOwn(request, params.case);
  if ('why' in opened) return data({ made: null }, { status: 503 });
  const form = await request.formData();
  if (form.get('do') === 'withdraw') {
    await withdrawOwn(viewer, String(form.get('statement') ?? ''));
    return redirect('?withdrawn');
  }
  const made = await makeStatement(viewer, opened.theCase);
  return data({ made }, { status: made ? 200 : 409 });
}

async function openOwn(request: Request, ref: string | undefined) {
  const viewer = await requireViewer(request);
  if (!config().AGENCY_DIR.statement) throw data(null, { status: 404 });
  return { viewer, opened: await openCase(viewer, ref, 'statement') };
}

export default function Statement() {
  const t = useT();
  const { view, why, withdrawn } = useLoaderData<typeof loader>();
  const made = useActionData<typeof action>()?.made;
  if (view === null) {
    return (
      <>
        <h1>{t('statement:title')}</h1>
        <Trouble why={why ?? 'failed'} />
      </>
    );
  }
  return made ? (
    <StatementSheet made={made} caseRef={view.caseRef} />
  ) : (
    <StatementPage view={view} withdrawn={withdrawn} />
  );
}
