import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { histories, parseLog } from '../../mocks/statistics/event-log';
import { simulate } from '../../mocks/statistics/simulate';
import { replay } from './replay';
import { reportOf } from './report';

const p = (x: number | null) => (x === null ? '  - ' : (100 * x).toFixed(1).padStart(4));
for (const a of process.argv.slice(2)) {
  const [f = '', ev = '1'] = a.split('/');
  const sim = /^(sim|sml)(\d+)$/.exec(f);
  let cases = sim
    ? histories(simulate({ seed: Number(sim[2]), weeks: 156, endsOn: '2026-01-05' }))
    : histories(parseLog(gunzipSync(readFileSync(`/work/shared/data/${f}.csv.gz`)).toString()));
  if (sim?.[1] === 'sml') cases = cases.filter((_, i) => (i * 7919) % 100 < 8);
  const t = performance.now();
  const r = reportOf(f, replay(cases, { everyWeeks: Number(ev) }));
  const o = r.overall;
  const e = o.estimate;
  console.log(
    `${f.padEnd(10)} pin ${e.pinball.toFixed(3)} /uscis ${r.pinballRatio.uscis?.toFixed(3)} /given ${r.pinballRatio['uscis-given-waited']?.toFixed(3)} /km ${r.pinballRatio['kaplan-meier']?.toFixed(3)} wink ${e.winkler.toFixed(1)} mae ${e.maeMedian.toFixed(1)} cov ${p(e.cov80)} e ${p(e.early)} l ${p(e.late)} c50 ${p(e.cov50)} ece ${e.ece.toFixed(3)} worstQ ${p(r.worstQuarter)} worstS ${p(r.worstStage)} unfl ${r.procedureWeeks.unflaggedBad}/${r.procedureWeeks.unflagged} fl ${r.procedureWeeks.flaggedBad}/${r.procedureWeeks.flagged} ${Object.values(
      r.trust,
    )
      .map((n) => p(n / e.cases))
      .join(' ')} ${((performance.now() - t) / 1000).toFixed(1)}s`,
  );
  if (process.env.P)
    for (const [n, s] of Object.entries(r.procedures))
      console.log(
        '   ',
        n.padEnd(16),
        s.estimate.pinball.toFixed(2),
        (s.estimate.pinball / s.uscis.pinball).toFixed(2),
        (s.estimate.pinball / s['kaplan-meier'].pinball).toFixed(2),
        p(s.estimate.cov80),
        p(s.estimate.early),
        p(s.estimate.late),
      );
}
