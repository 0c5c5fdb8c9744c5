import { config } from '~/config/config.server';
import { themeInForce } from '~/config/theme.server';
import { data } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import stylesheet from '~/kit/kit.css?url';
import { KitPage } from '~/kit/kit-page';
import { useNonce } from '~/ui/nonce';
import { declarations } from '~/ui/theme';

/** For developers: only on a local origin. */
export function loader() {
  if (!config().local) throw data(null, { status: 404 });
  const { light, dark } = themeInForce(config());
  const both = { light, dark: { ...light, ...dark } };
  return {
    title: 'Kit',
    schemes: `.kit__scheme--light{${declarations(both.light)}}.kit__scheme--dark{${declarations(both.dark)}}`,
  };
}

export default function Kit() {
  const { schemes } = useLoaderData<typeof loader>();
  const nonce = useNonce();
  return (
    <>
      <link rel="stylesheet" href={stylesheet} />
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own tokens, under the page's nonce */}
      <style nonce={nonce} dangerouslySetInnerHTML={{ __html: schemes }} />
      <KitPage />
    </>
  );
}
