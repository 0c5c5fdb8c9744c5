import { takePageAnswer } from '~/effect/page-answer.server';
import { type ActionFunctionArgs, data, redirect } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { safeReturn } from '~/identity/way-back.server';

/** Counts what a reader tapped at the foot of a page, and leads back there. */
export async function action({ request }: ActionFunctionArgs) {
  const language = languageOfPage(request);
  const form = await request.formData();
  const answered = await takePageAnswer(form, language);
  if (answered === null) throw data(null, { status: 400 });
  const back = form.get('back');
  const page = new URL(safeReturn(typeof back === 'string' ? back : null, language), request.url);
  page.searchParams.set('answered', answered);
  return redirect(`${page.pathname}${page.search}#answered`);
}
