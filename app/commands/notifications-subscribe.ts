import { SubscriptionFailed, subscribe } from '~/agency/subscription.server';
import { config } from '~/config/config.server';
import { errorName } from '~/platform/log.server';

const USAGE = `usage: npm run notifications:subscribe
  lets the registry tell the portal which cases change; it changes nothing where that is so already
  needs the portal's settings, with NOTIFICATIONS_URL and NOTIFICATIONS_TOKEN`;

// `npm run notifications:subscribe` registers the portal's address at the Notificaties API. The portal must be running.
const { NOTIFICATIONS_URL: url, NOTIFICATIONS_TOKEN: token, ORIGIN } = settingsOrExit();
try {
  const subscription = await subscribe(url, token);
  const words = { made: 'Subscribed', renewed: 'Renewed the subscription', known: 'Subscribed already' };
  console.log(`${words[subscription]}: changes of cases are told to ${ORIGIN}/notifications.`);
  console.log(JSON.stringify({ subscription }));
} catch (error) {
  const why = error instanceof SubscriptionFailed ? error.message : errorName(error);
  console.error(`Not subscribed (${why}). Run the command again while the portal is running.`);
  process.exitCode = 1;
}

function settingsOrExit() {
  try {
    if (process.argv.length > 2) throw new Error('Unknown argument.');
    const { NOTIFICATIONS_URL, NOTIFICATIONS_TOKEN, ORIGIN } = config();
    if (NOTIFICATIONS_URL === undefined) throw new Error('NOTIFICATIONS_URL: is missing');
    if (NOTIFICATIONS_TOKEN === undefined) throw new Error('NOTIFICATIONS_TOKEN: is missing');
    return { NOTIFICATIONS_URL, NOTIFICATIONS_TOKEN, ORIGIN };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
