import { parentPort } from 'node:worker_threads';
import { CODECS } from '../wire/codecs.ts';
import { type FuzzReport, fuzz } from './run.ts';
import { seedsOf } from './seeds.ts';

/** One codec for a worker thread; the answer is a FuzzReport. */
export interface FuzzOrder {
  readonly id: string;
  readonly cases: number;
  readonly seed: number;
}

parentPort?.on('message', ({ id, cases, seed }: FuzzOrder) => {
  const codec = CODECS[id];
  if (codec === undefined) throw new RangeError(`no codec ${id}`);
  const report: FuzzReport = fuzz(id, codec, { seeds: seedsOf(id), cases, seed });
  parentPort?.postMessage(report);
});
