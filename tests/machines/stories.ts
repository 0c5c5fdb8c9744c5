import fc from 'fast-check';

/** Stories of each machine in a run; `npm run test:deep` runs 1,000. */
export const STORIES = Number(process.env.STORIES ?? 150);

/** Stories have people of their own in one database, so that several are told at once while each waits for it. */
const LANES = 4;

/** For so long vitest waits: a busy machine is slow, not wrong. Milliseconds. */
export const STORIES_MS = 60_000 + STORIES * 1_000;

type Run<Model extends object, Real> = (start: { readonly model: Model; readonly real: Real }) => Promise<void>;

/** Tells `STORIES` stories of up to `longest` commands, each by `tell`, which makes its people and runs it. */
export async function stories<Model extends object, Real>(
  commands: fc.Arbitrary<fc.AsyncCommand<Model, Real>>[],
  longest: number,
  tell: (run: Run<Model, Real>) => Promise<void>,
): Promise<void> {
  const story = fc.asyncProperty(fc.commands(commands, { size: 'max', maxCommands: longest }), (told) =>
    tell((start) => fc.asyncModelRun(() => start, told)),
  );
  const lane = () => fc.assert(story, { numRuns: Math.ceil(STORIES / LANES) });
  await Promise.all(Array.from({ length: LANES }, lane));
}
