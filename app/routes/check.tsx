import { config } from '~/config/config.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { groupedCode, typedCode } from '~/model/statement';
import { checkStatement } from '~/statement/check.server';
import { CheckPage } from '~/statement/check-page';

/** For the reader of a statement, who is not signed in. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  refuseWhenOff();
  const language = languageOfPage(request);
  const { code } = params;
  const asked = code === undefined ? null : { statement: await checkStatement(code, language) };
  const title = translatorOf(language)('statement:check.title');
  return data({ title, asked }, { status: asked && !asked.statement ? 404 : 200 });
}

/** A typed code gets the address that a scanned one has. */
export async function action({ request }: ActionFunctionArgs) {
  refuseWhenOff();
  const code = typedCode(String((await request.formData()).get('code') ?? ''));
  return redirect(`/${languageOfPage(request)}/check/${code ? groupedCode(code) : 'none'}`);
}

/** A page with a code in its address is for no search engine. */
export const headers = () => ({ 'x-robots-tag': 'noindex' });

function refuseWhenOff() {
  if (!config().AGENCY_DIR.statement) throw data(null, { status: 404 });
}

export default function Check() {
  return <CheckPage asked={useLoaderData<typeof loader>().asked} />;
}
