type Payload = Readonly<Record<string, unknown>>;

/** Stores the OpenID provider's sessions, codes and grants in memory. */
export function createMemory() {
  const entries = new Map<string, { payload: Payload; until: number }>();
  const find = (key: string) => {
    const entry = entries.get(key);
    if (entry === undefined || entry.until > Date.now()) return entry?.payload;
    entries.delete(key);
    return undefined;
  };
  const findBy = (name: string, model: string, value: string) => {
    const isIt = ([key, { payload }]: [string, { payload: Payload }]) =>
      key.startsWith(`${model}:`) && payload[name] === value;
    const key = [...entries].find(isIt)?.[0];
    return key === undefined ? undefined : find(key);
  };
  /** The adapter that oidc-provider uses for one model ("Session", "AuthorizationCode", ...). */
  return (model: string) => ({
    upsert: async (id: string, payload: Payload, expiresIn?: number) => {
      const until = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000;
      entries.set(`${model}:${id}`, { payload, until });
    },
    find: async (id: string) => find(`${model}:${id}`),
    findByUid: async (uid: string) => findBy('uid', model, uid),
    findByUserCode: async (userCode: string) => findBy('userCode', model, userCode),
    destroy: async (id: string) => void entries.delete(`${model}:${id}`),
    consume: async (id: string) => {
      const entry = entries.get(`${model}:${id}`);
      if (entry !== undefined) entry.payload = { ...entry.payload, consumed: Math.floor(Date.now() / 1000) };
    },
    revokeByGrantId: async (grantId: string) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
