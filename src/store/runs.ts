/** Splits lines where their positions do not follow each other. */
export function runsOf<T extends { readonly position: number }>(
  lines: readonly T[],
): readonly (readonly T[])[] {
  const runs: T[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run === undefined || run.at(-1)?.position !== line.position - 1) runs.push([line]);
    else run.push(line);
  }
  return runs;
}
