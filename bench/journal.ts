import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { JournalBench } from './journal/page.ts';
import { openBenchPage, percentile, print, round } from './support/browser.ts';

/**
 * What a durable, signed, twice-kept entry costs beside one raw IndexedDB `strict` put of the same record in the same page.
 * npm run bench -- journal [--rounds 400] [--full 100000] [--batch 500]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '400' },
    full: { type: 'string', default: '100000' },
    batch: { type: 'string', default: '500' },
  },
});
const rounds = Number(values.rounds);
const WARM_UP = 60;

const bench = await openBenchPage(fileURLToPath(new URL('./journal/', import.meta.url)));
const call = <K extends keyof JournalBench>(name: K, ...args: Parameters<JournalBench[K]>) =>
  bench.page.evaluate(
    ([key, given]) =>
      (window.journalBench[key as K] as (...all: unknown[]) => unknown)(...(given as unknown[])),
    [name, args] as const,
  ) as ReturnType<JournalBench[K]>;

/** `times`: how many times a raw put ours costs; the goal is 1.5. */
async function appendFigure(metric: string): Promise<void> {
  const { ours, raw, rawInWorker, floor } = await call('append', rounds);
  for (const [peer, times] of [
    ['raw IndexedDB strict', raw],
    ['raw IndexedDB strict in a worker', rawInWorker],
    ['hop, hash, signature, put and flush alone', floor],
  ] as const) {
    const [mine, theirs] = [percentile(ours, 0.5), percentile(times, 0.5)];
    print({
      bench: 'journal',
      metric,
      unit: 'ms p50',
      ours: round(mine),
      peer,
      theirs: round(theirs),
      ratio: round(theirs / mine),
      times: round(mine / theirs),
      p95: round(percentile(ours, 0.95)),
      peerP95: round(percentile(times, 0.95)),
    });
  }
}

try {
  await call('open');
  await call('append', WARM_UP);
  await appendFigure('append');
  const full = await call('fill', Number(values.full));
  await appendFigure('append-at-100k');
  const drained = await call('drain', Number(values.batch));
  print({
    bench: 'journal',
    metric: 'drain-read',
    unit: 'entries/s',
    ours: Math.round(drained.ours),
    peer: 'limit',
    theirs: Math.round(drained.raw),
    ratio: round(drained.ours / drained.raw),
    entries: drained.entries,
    unsynced: full.unsynced,
    countMs: round(full.countMs),
  });
} finally {
  await bench.close();
}
