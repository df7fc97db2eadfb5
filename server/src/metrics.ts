/** Counters since the start of this process, in the text format that Prometheus reads. No labels with personal data. */
export class Metrics {
  /** Bounded by the names and codes in the source: no label comes from a request. */
  readonly #counts = new Map<string, number>();

  /** `labels` is rendered as given, for example `code="fork"`. */
  add(name: string, labels = '', amount = 1): void {
    const series = labels === '' ? name : `${name}{${labels}}`;
    this.#counts.set(series, (this.#counts.get(series) ?? 0) + amount);
  }

  render(gauges: Readonly<Record<string, number>>): string {
    const lines: string[] = [];
    const seen = new Set<string>();
    const put = (series: string, value: number, kind: string) => {
      const name = series.replace(/\{.*/, '');
      if (!seen.has(name)) lines.push(`# TYPE ${name} ${kind}`);
      seen.add(name);
      lines.push(`${series} ${value}`);
    };
    for (const [series, value] of [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)))
      put(series, value, 'counter');
    for (const [series, value] of Object.entries(gauges)) put(series, value, 'gauge');
    return `${lines.join('\n')}\n`;
  }
}
