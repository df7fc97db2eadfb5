import type { Timer } from '../ports.ts';

/** Pause before an answer that the disk refused is stored again, ms: first, and longest. */
export const SAVE_RETRY_FIRST_MS = 500;
export const SAVE_RETRY_LONGEST_MS = 10_000;
/** At ten seconds each this is more than a day: somebody has long looked at the screen. */
export const SAVE_RETRIES_MAX = 10_000;

/** Stores, and stores again until it is stored. Rejects with the error that `givesUp` accepts, or with the last one. */
export async function untilStored(
  save: () => Promise<void>,
  timer: Timer,
  { givesUp, refused }: { givesUp(error: unknown): boolean; refused(error: unknown, tries: number): void },
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await save();
    } catch (error) {
      if (givesUp(error) || tries > SAVE_RETRIES_MAX) throw error;
      refused(error, tries);
      await timer.wait(Math.min(SAVE_RETRY_FIRST_MS * 2 ** Math.min(tries - 1, 10), SAVE_RETRY_LONGEST_MS));
    }
  }
}
