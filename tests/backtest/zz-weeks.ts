import { histories } from '../../mocks/statistics/event-log';
import { simulate } from '../../mocks/statistics/simulate';
import { threeShocks } from '../../mocks/statistics/shocks';
import { random } from '../../mocks/statistics/random';
import { replay } from './replay';
const seed = Number(process.argv[2]);
for (const s of threeShocks(random(seed + 1), 1092)) console.log(s.what, s.whom, s.fromDay, s.toDay, s.factor.toFixed(2));
const r = replay(histories(simulate({ seed, weeks: 156, endsOn: '2026-01-05' })), { everyWeeks: 2 });
for (const w of r.weeks) if (w.missed > 0.35 * w.closed) console.log(w.asOf, Math.round((Date.parse(w.asOf) - Date.parse('2023-01-09')) / 864e5), w.procedure, w.flagged, w.closed, (w.missed / w.closed).toFixed(2));
