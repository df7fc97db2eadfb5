import type { Counter } from '../fixtures.ts';

/**
 * Puts code in front of the journal worker: real faults of the machine (a database that will not open, a disk that
 * refuses) at the only place where they can be made. The service worker must be off, or it would answer first.
 */
export async function prependToJournalWorker(counter: Counter, code: string): Promise<{ mend(): void }> {
  let isBroken = true;
  await counter.prepare((context) =>
    context.route(/journal-worker.*\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${isBroken ? code : ''}\n${await response.text()}` });
    }),
  );
  return {
    mend: () => {
      isBroken = false;
    },
  };
}
