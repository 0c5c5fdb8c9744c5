import { signInWays } from '~/config/agency-pages.server';
import { config } from '~/config/config.server';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { leaveFor } from '~/identity/leave.server';
import { settingsBehind } from '~/identity/provider.server';
import { sessionOf } from '~/identity/session.server';
import { safeReturn } from '~/identity/way-back.server';
import { directionOf } from '~/model/language';
import { errorName, log } from '~/platform/log.server';
import { signIns } from '~/platform/metrics.server';
import { holderOf } from '~/platform/pseudonym.server';
import { Submit } from '~/ui/buttons';
import { Notice } from '~/ui/notice';

const REASONS = [
  ...[
    'expired',
    'unsent',
    'kept',
    'lost',
    'failed',
    'unavailable',
    'cancelled',
    'again',
    'fresh',
    'represents',
    'weak',
  ],
] as const;
/** Reasons for which a signed-in person signs in once more. */
const ONCE_MORE: readonly (string | null)[] = ['again', 'fresh'];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const language = languageOfPage(request);
  const to = safeReturn(searchParams.get('to'), language);
  // Without the database the page still opens.
  const session = await sessionOf(request).catch(() => null);
  const reason = REASONS.find((known) => known === searchParams.get('reason')) ?? null;
  if (session && !ONCE_MORE.includes(reason)) throw redirect(to);
  // Who signs in once more does so as the same person, and so with the same provider.
  const ways = signInWays(config(), language).filter(({ name }) => !session || name === session.signedIn.way);
  return { title: translatorOf(language)('identity:signIn.title'), reason, to, ways };
}

/** Redirects to the provider, with the state sealed in a cookie. */
export async function action({ request }: ActionFunctionArgs) {
  const language = languageOfPage(request);
  const form = await request.formData();
  const to = safeReturn(String(form.get('to') ?? ''), language);
  try {
    const reason = new URL(request.url).searchParams.get('reason');
    const session = ONCE_MORE.includes(reason) ? await sessionOf(request) : null;
    const again = session && {
      isShared: session.isShared,
      as: holderOf(session.signedIn),
      way: session.signedIn.way,
      level: reason === 'again' ? settingsBehind(session.signedIn.way).assurance?.stepUp : undefined,
    };
    const chosen = config().PROVIDERS.find(({ name }) => name === form.get('way'));
    return await leaveFor(request, { to, language, isShared: form.has('shared'), way: chosen?.name, ...again });
  } catch (error) {
    signIns.inc({ outcome: 'unavailable' });
    log('sign-in-unavailable', { error: errorName(error) }, 'warn');
    return redirect(`/${language}/sign-in?${new URLSearchParams({ reason: 'unavailable', to })}`);
  }
}

export default function SignIn() {
  const t = useT();
  const { reason, to, ways } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('identity:signIn.title')}</h1>
      {reason ? <Notice tone="plain" text={t(`identity:signIn.${reason === 'fresh' ? 'again' : reason}`)} /> : null}
      <p>{t('identity:signIn.text')}</p>
      <form method="post" aria-label={t('identity:signIn.button')}>
        <input type="hidden" name="to" value={to} />
        <label className="choice">
          <input type="checkbox" name="shared" value="yes" aria-describedby="shared-hint" />
          <span>{t('identity:signIn.shared')}</span>
        </label>
        <p className="soft" id="shared-hint">
          {t('identity:signIn.sharedHint')}
        </p>
        {ways.length < 2 ? (
          <Submit label={t('identity:signIn.button')} name="way" value={ways[0]?.name ?? ''} />
        ) : (
          ways.map(({ name, label, language }) => (
            <p key={name}>
              <Submit label={label} name="way" value={name} lang={language} dir={directionOf(language)} />
            </p>
          ))
        )}
      </form>
    </>
  );
}
