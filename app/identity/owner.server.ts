import { personKey, type Viewer } from '~/model/viewer';
import { opaque } from '~/platform/secret.server';

/** Under which the portal's own records (holds, bookings, ranges shown) belong to the viewer's subject. */
export const ownerOf = (viewer: Viewer): string => opaque('owner', personKey(viewer.subject.person));
