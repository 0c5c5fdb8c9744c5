import type { Viewer } from '~/model/viewer';
import { ownerOf } from '~/platform/pseudonym.server';
import { targetOf } from '~/store/message.server';

/** The page that a message of the viewer leads to; their cases for a message of somebody else. */
export async function pageOfNews(viewer: Viewer, id: string): Promise<string> {
  const target = viewer.basis === 'self' ? await targetOf(ownerOf(viewer), id) : null;
  return `/${viewer.language}${target ?? '/cases'}`;
}
