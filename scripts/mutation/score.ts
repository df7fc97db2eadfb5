/** The part of Stryker's JSON report (mutation-testing-report-schema) that the score is made of. */
export interface MutationReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly mutants: readonly {
          readonly status: string;
          readonly mutatorName: string;
          readonly replacement?: string;
          readonly location: { readonly start: { readonly line: number; readonly column: number } };
        }[];
      }
    >
  >;
}

/** How many changed copies of the code the tests noticed. `timeout` is a change that made the code run on and on: noticed. */
export interface Tally {
  readonly files: number;
  readonly killed: number;
  readonly survived: number;
  readonly timeout: number;
  /** Changed where no test ever goes: not noticed. */
  readonly noCoverage: number;
}

export const NOTHING: Tally = { files: 0, killed: 0, survived: 0, timeout: 0, noCoverage: 0 };

/** Mutants that do not compile, or that a comment takes out with its reason, are in no column. */
export function tallyOf(report: MutationReport): Tally {
  const files = Object.values(report.files);
  const statuses = files.flatMap((file) => file.mutants.map((mutant) => mutant.status));
  const count = (status: string): number => statuses.filter((each) => each === status).length;
  return {
    files: files.length,
    killed: count('Killed'),
    survived: count('Survived'),
    timeout: count('Timeout'),
    noCoverage: count('NoCoverage'),
  };
}

export const both = (a: Tally, b: Tally): Tally => ({
  files: a.files + b.files,
  killed: a.killed + b.killed,
  survived: a.survived + b.survived,
  timeout: a.timeout + b.timeout,
  noCoverage: a.noCoverage + b.noCoverage,
});

/** Noticed mutants in per cent of all, rounded down to two decimals: 89.999 is not 90. Nothing to notice is 100. */
export function scoreOf({ killed, survived, timeout, noCoverage }: Tally): number {
  const all = killed + survived + timeout + noCoverage;
  return all === 0 ? 100 : Math.floor(((killed + timeout) * 10_000) / all) / 100;
}

/** One line for each change that no test noticed: where it was and what stood there. */
export function unnoticed(report: MutationReport): readonly string[] {
  return Object.entries(report.files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ status, mutatorName, replacement = '', location: { start } }) =>
        [
          `${file}:${start.line}:${start.column}`,
          status,
          mutatorName,
          replacement.replaceAll(/\s+/g, ' '),
        ].join(' '),
      ),
  );
}

/** The columns of `Tally` and the score, one row a part. */
export function table(rows: readonly (readonly [string, Tally])[]): string {
  const head = ['part', 'files', 'killed', 'survived', 'timeout', 'no coverage', 'score %'];
  const cells = rows.map(([name, tally]) => [
    name,
    ...[tally.files, tally.killed, tally.survived, tally.timeout, tally.noCoverage].map(String),
    scoreOf(tally).toFixed(2),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...cells]
    .map((row) =>
      row
        .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
