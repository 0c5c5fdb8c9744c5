import type { Act } from '~/audit/act';
import { addAuditEntry } from '~/audit/audit-entry.server';
import type { Asker } from '~/audit/logged-look.server';
import { type Permit, type PolicyRole, policyRolesOf, RULES } from '~/model/policy';
import { permitFor } from '~/model/route-policy';
import type { Actor, Viewer } from '~/model/viewer';
import { chainPseudonyms, ownerOf, ownerOfPerson, subjectsOf } from '~/platform/pseudonym.server';
import { type RequestContext, requestContext } from '~/platform/request-context.server';
import type { SignedIn } from './openid.server';

/** Who asks, for the audit log. What an applicant reads of their own is a look; what an open page polls is none. */
export function askerOf(request: Request, signedIn: SignedIn, permit: Permit | null): Asker {
  const actor = actorOf(signedIn);
  const route = permit && `${permit.action} ${permit.resource}`;
  const { person, represented } = signedIn;
  const look = person && !represented && lookOf(request, signedIn, permit);
  const ownLook = look ? { ...look, action: 'view-own' as const, onBehalfOf: ownerOfPerson(person) } : null;
  return { actor, route, ownLook };
}

/** What an applicant's page shows; null for what shows nothing of a person, and for what an open page polls. */
function lookOf(request: Request, signedIn: SignedIn, permit: Permit | null): Omit<Act, 'action'> | null {
  if (signedIn.role !== 'applicant' || permit?.action !== 'read' || asksByItself(request)) return null;
  const roles: readonly PolicyRole[] = policyRolesOf(signedIn);
  const rule = RULES.find((one) => roles.includes(one.role) && one.resource === permit.resource);
  if (!rule) return null;
  const [, , page, ref] = pathOf(request).split('/');
  return {
    objectType: page === 'cases' && ref ? 'case' : 'route',
    // The case's name in addresses is a pseudonym already.
    objectRef: page === 'cases' && ref ? ref : rule.resource,
    fields: rule.fields,
  };
}

/** Who did something in a session, for the audit log. */
export const actorOf = ({ id, role, name, assurance, represented }: SignedIn): Actor => ({
  id,
  role,
  name,
  assurance,
  ...(represented ? { actsFor: ownerOfPerson(represented.person) } : {}),
});

const lookedFor = new WeakMap<Request, Promise<unknown>>();

/** Once a request, however many of its parts ask for the viewer. */
export function addRepresentedLook(request: Request, signedIn: SignedIn): Promise<unknown> {
  const known = lookedFor.get(request);
  if (known) return known;
  const { represented } = signedIn;
  const look = lookOf(request, signedIn, permitFor(request.method, pathOf(request)));
  const act: Act | null =
    look && represented
      ? {
          ...look,
          action: 'view-represented',
          actorUnit: chainPseudonyms(represented.chain),
          subjects: [ownerOfPerson(represented.person)],
        }
      : null;
  const context = requestContext();
  if (act && context) representedLooks.set(context, act);
  const added = act ? addAuditEntry(actorOf(signedIn), act) : Promise.resolve();
  lookedFor.set(request, added);
  return added;
}

const representedLooks = new WeakMap<RequestContext, Act>();

/**
 * Adds the present look of who represents a person for the other people in these cases, whose data is shown too. Await it
 * before anything is shown. Nothing for other viewers, and for what an open page polls.
 */
export async function addLookAtOthers(viewer: Viewer, cases: readonly Named[]): Promise<void> {
  const context = requestContext();
  const act = context && representedLooks.get(context);
  if (viewer.basis !== 'represents' || !act) return;
  const { person } = viewer.representative ?? {};
  const known = [ownerOf(viewer), person && ownerOfPerson(person)];
  const others = cases.flatMap((one) => subjectsOf(ownerOf(viewer), one)).filter((one) => !known.includes(one));
  if (others.length > 0) await addAuditEntry(viewer.actor, { ...act, subjects: [...new Set(others)] });
}

type Named = Parameters<typeof subjectsOf>[1];

/** Addresses that open pages poll. They must not keep an abandoned device signed in. */
export const asksByItself = (request: Request): boolean => /\/(now|slots|alive)$/.test(pathOf(request));

export const pathOf = (request: Request) => new URL(request.url).pathname;
