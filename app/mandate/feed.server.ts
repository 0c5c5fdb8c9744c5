import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import type { Language } from '~/model/language';
import type { Actor } from '~/model/viewer';
import { actorPseudonym } from '~/platform/pseudonym.server';
import * as feeds from '~/store/deadline-feed.server';

export const hasFeed = (advisor: Actor): Promise<boolean> => feeds.hasFeed(actorPseudonym(advisor.id));

/** Makes the advisor's feed and returns its secret address, which is shown once. An older feed ends. */
export async function makeFeed(advisor: Actor, language: Language): Promise<string> {
  await addAuditEntry(advisor, { action: 'make-feed', objectType: 'feed' });
  const token = await feeds.createFeed(actorPseudonym(advisor.id), advisor.id, language);
  return `${config().ORIGIN}/${language}/advisor/calendar/${token}`;
}

export async function endFeed(advisor: Actor): Promise<void> {
  await feeds.revokeFeed(actorPseudonym(advisor.id));
  await addAuditEntry(advisor, { action: 'revoke-feed', objectType: 'feed' });
}
