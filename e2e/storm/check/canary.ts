import { CANARY } from '../till/hardware.ts';

/** A run of hexadecimal digits with the canary in it. */
const RUN = new RegExp(`[0-9a-fA-F]*${CANARY}[0-9a-fA-F]*`, 'g');
/** Our own ids, hashes and signatures. Pay codes have no letters, tracks have capitals. */
const OURS = /[a-f]/;

/**
 * Where a pay code or a track stands in a text, with what is around it; undefined: nowhere. Eight digits also come up by chance
 * in some of the million random ids of a long storm (seed 11554): those are small letters before and after.
 */
export function leakIn(text: string): string | undefined {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const isTrack = run.startsWith(CANARY);
    if (isTrack || !OURS.test(run)) return text.slice(Math.max(0, index - 100), index + run.length + 50);
  }
  return undefined;
}
