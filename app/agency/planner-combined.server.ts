import type { Desk, PlannerResult, ProductCode } from '~/model/appointment';
import { commonCapabilities, NO_CAPABILITIES } from '~/model/capabilities';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import type { Planner } from './planner-port';
import { asOfNow } from './shared-answer.server';

/** One of several planners: the name in its desks' and bookings' keys, and its title for people. */
export interface NamedPlanner {
  /** "" for at most one planner, whose desks keep their own keys. */
  readonly name: string;
  readonly title: string;
  /** Its own page for people. */
  readonly page?: string | null;
  readonly planner: Planner;
}

const MARK = '~';

/**
 * Several planners as one: "any desk" is any desk of any of them. Keys of desks and handles of holds and bookings carry
 * their planner's name (`rotterdam~10546`), so that each is routed back to its planner, also after a restart.
 */
export function combinedPlanner(planners: readonly NamedPlanner[]): Planner {
  const byName = new Map(planners.map((each) => [each.name, each.planner]));

  /** The planner of a key, and its own key there. A key without a known name belongs to the planner without one. */
  function ownerOf(marked: string): { name: string; planner: Planner; key: string } | null {
    const end = marked.indexOf(MARK);
    const name = end < 1 ? '' : marked.slice(0, end);
    const named = end < 1 ? undefined : byName.get(name);
    if (named) return { name, planner: named, key: marked.slice(end + 1) };
    const nameless = byName.get('');
    return nameless ? { name: '', planner: nameless, key: marked } : null;
  }
  const withOwner = async <T>(
    marked: string,
    ask: (planner: Planner, key: string) => Promise<PlannerResult<T>>,
  ): Promise<PlannerResult<T>> => {
    const owner = ownerOf(marked);
    return owner ? ask(owner.planner, owner.key) : { ok: false, why: 'not-possible' };
  };
  const own = <T extends { readonly slot: { readonly desk: Desk }; readonly hold?: string }>(
    wish: T,
    key: string,
  ): T => ({
    ...wish,
    slot: { ...wish.slot, desk: { ...wish.slot.desk, key } },
    ...(wish.hold === undefined ? {} : { hold: ownerOf(wish.hold)?.key ?? '' }),
  });

  return {
    capabilities: (deskKey) => {
      const owner = deskKey === undefined ? null : ownerOf(deskKey);
      return owner
        ? owner.planner.capabilities(owner.key)
        : planners.length === 0
          ? NO_CAPABILITIES
          : commonCapabilities(planners.map(({ planner }) => planner.capabilities()));
    },
    desksOf: async (product) => together(await Promise.all(planners.map((each) => desksOf(each, product)))),
    slotsOf: async (product, desk, partySize, range) => {
      const owner = ownerOf(desk.key);
      if (!owner) return unavailable('refused');
      const loaded = await owner.planner.slotsOf(product, { ...desk, key: owner.key }, partySize, range);
      if (loaded.state === 'unavailable' || owner.name === '') return loaded;
      return { ...loaded, value: loaded.value.map((slot) => ({ ...slot, desk })) };
    },
    hold: (viewer, wish) =>
      withOwner(wish.slot.desk.key, async (planner, key) => {
        const held = await planner.hold(viewer, own(wish, key));
        return held.ok
          ? { ok: true, value: { ...held.value, handle: marked(wish.slot.desk.key, held.value.handle) } }
          : held;
      }),
    release: (viewer, handle) => withOwner(handle, (planner, key) => planner.release(viewer, key)),
    book: (viewer, request) =>
      withOwner(request.slot.desk.key, async (planner, key) => {
        const made = await planner.book(viewer, own(request, key));
        return made.ok
          ? { ok: true, value: { ...made.value, key: marked(request.slot.desk.key, made.value.key) } }
          : made;
      }),
    reconcile: async (viewer, sought) => {
      const owner = ownerOf(sought.slot.desk.key);
      if (!owner) return { found: 'unclear' };
      const truth = await owner.planner.reconcile(viewer, own(sought, owner.key));
      if (truth.found !== 'made' || !truth.booking) return truth;
      return { found: 'made', booking: { ...truth.booking, key: marked(sought.slot.desk.key, truth.booking.key) } };
    },
    find: (viewer, handle) =>
      withOwner(handle, async (planner, key) => {
        const found = await planner.find(viewer, key);
        const desk = found.ok ? found.value.desk : null;
        if (!found.ok || !desk) return found;
        return { ok: true, value: { ...found.value, desk: { ...desk, key: marked(handle, desk.key) } } };
      }),
    cancel: (viewer, handle) => withOwner(handle, (planner, key) => planner.cancel(viewer, key)),
    cancelAddress: (handle) => {
      const owner = ownerOf(handle);
      return owner ? owner.planner.cancelAddress(owner.key) : null;
    },
  };

  /** A key or handle of the planner that `other` belongs to, prefixed with that planner's name. */
  function marked(other: string, own: string): string {
    const name = ownerOf(other)?.name ?? '';
    return name === '' ? own : name + MARK + own;
  }
}

interface Part {
  readonly title: string;
  readonly desks: Loaded<Desk[]>;
}

async function desksOf({ name, title, page, planner }: NamedPlanner, product: ProductCode): Promise<Part> {
  const desks = await planner.desksOf(product);
  if (desks.state === 'unavailable') return { title, desks };
  const value = desks.value.map((desk) => ({
    ...desk,
    key: name === '' ? desk.key : name + MARK + desk.key,
    ...(page ? { page } : {}),
  }));
  return { title, desks: { ...desks, value } };
}

/** The desks of all planners: partial when some are missing or can't be read, kept when one's are kept. */
function together(parts: readonly Part[]): Loaded<Desk[]> {
  const [only] = parts;
  if (only && parts.length === 1) return withTitle(only);
  const value = parts.flatMap(({ desks }) => (desks.state === 'unavailable' ? [] : desks.value));
  const missing = parts.flatMap(({ title, desks: { state } }) =>
    state === 'unavailable' || state === 'partial' ? [title] : [],
  );
  if (missing.length > 0) {
    // A planner without a desk for this product contributes no answer for a visitor.
    const first = parts.find(({ desks }) => desks.state === 'unavailable')?.desks;
    if (value.length === 0 && first) return first;
    return { state: 'partial', value, asOf: asOfNow(), missing };
  }
  const kept = parts.map(({ desks }) => desks).find(({ state }) => state === 'kept');
  return kept?.state === 'kept' ? { ...kept, value } : fresh(value, asOfNow());
}

/** Desks that a planner could not name are missing from the planner, which a page names by its title. */
const withTitle = ({ title, desks }: Part): Loaded<Desk[]> =>
  desks.state === 'partial' ? { ...desks, missing: [title] } : desks;
