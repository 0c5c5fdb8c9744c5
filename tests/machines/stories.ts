import fc from 'fast-check';

/** Stories of each machine in a run; `npm run test:deep` runs 1,000. */
export const STORIES = Number(process.env.STORIES ?? 150);

/** Stories that run at the same time. Each has its own people, so they can share a database. */
const LANES = 4;

/** Timeout of a test in milliseconds. Generous, since a busy machine is only slow. */
export const STORIES_MS = 60_000 + STORIES * 1_000;

type Run<Model extends object, Real> = (start: { readonly model: Model; readonly real: Real }) => Promise<void>;

/** Runs `STORIES` stories of up to `longest` commands. `tell` creates the people of one story and runs it. */
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
