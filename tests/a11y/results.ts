/** What the accessibility statement shows of the tests: how many of each group there are, and how many passed. */
export interface Results {
  /** ISO day of the run. */
  readonly date: string;
  readonly groups: Readonly<Record<Group, Count>>;
}

interface Count {
  readonly passed: number;
  readonly all: number;
}

/** The part of Playwright's JSON report that is used here. */
export interface Report {
  readonly stats: { readonly startTime: string };
  readonly suites: readonly Suite[];
}

interface Suite {
  readonly title: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
}

export const GROUPS = ['pages', 'access', 'languages', 'plain'] as const;
export type Group = (typeof GROUPS)[number];

const BY_FILE: Readonly<Record<string, Group>> = {
  'a11y/pages.spec.ts': 'pages',
  'a11y/access.spec.ts': 'access',
  'a11y/pseudo.spec.ts': 'languages',
  'a11y/old-browser.spec.ts': 'plain',
  'a11y/print.spec.ts': 'plain',
  'a11y/slow.spec.ts': 'plain',
};
const WITHOUT_SCRIPTS = /JavaScript off|without JavaScript/i;

/**
 * @param reports of one run, or of its parts; the date is that of the first
 * @throws Error when a group of tests did not run, since a statement is about all of them
 */
export function resultsOf(reports: readonly Report[]): Results {
  const found = reports.flatMap(({ suites }) => suites).flatMap((suite) => outcomesOf(suite, ''));
  const count = (group: Group): Count => {
    const own = found.filter((outcome) => outcome.group === group);
    if (own.length === 0) throw new Error(`No test of the kind "${group}" was run: run all of npm test first.`);
    return { passed: own.filter(({ passed }) => passed).length, all: own.length };
  };
  const groups = {
    pages: count('pages'),
    access: count('access'),
    languages: count('languages'),
    plain: count('plain'),
  };
  return { date: reports.map(({ stats }) => stats.startTime.slice(0, 10)).sort()[0] ?? '', groups };
}

function outcomesOf(suite: Suite, above: string): { group: Group | null; passed: boolean }[] {
  const title = `${above} ${suite.title}`;
  const own = (suite.specs ?? []).flatMap((spec) => {
    const group = BY_FILE[spec.file] ?? (WITHOUT_SCRIPTS.test(`${title} ${spec.title}`) ? 'plain' : null);
    // Playwright calls a test that passed on its second try flaky. A skipped test does not count.
    return spec.tests
      .filter(({ status }) => status !== 'skipped')
      .map(({ status }) => ({ group, passed: status === 'expected' || status === 'flaky' }));
  });
  return [...own, ...(suite.suites ?? []).flatMap((part) => outcomesOf(part, title))];
}
