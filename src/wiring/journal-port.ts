import { OPENING_KEYS } from '../store/vault-keys.ts';
import workerUrl from '../store/worker/journal-worker.ts?worker&url';
import { WorkerPort } from '../store/worker-port.ts';
import { DISPLAY_HASH } from './display-channel.ts';
import { trainingLanguage } from './training-mode.ts';
import { scriptUrls } from './trusted-urls.ts';

/** Which scripts may run beside the page. Made once: a browser lets a policy have its name only once. */
export const trusted = scriptUrls();

/**
 * The journal's worker, started when this module is run: before the rest of its chunk, because it opens and compares the
 * books meanwhile, and everything waits for that (docs/adr/0019). The customer's screen is no till: it has none.
 */
export const journalPort = location.hash === DISPLAY_HASH ? undefined : openPort();

function openPort(): WorkerPort {
  const worker = new Worker(trusted(workerUrl), { type: 'module', name: 'journal' });
  const port = new WorkerPort(worker, trainingLanguage() === undefined ? 'main' : 'training');
  // What the till asks as soon as it is loaded: answered meanwhile.
  port.askAhead('standing', null);
  for (const key of Object.values(OPENING_KEYS)) port.askAhead('vaultGet', { key });
  return port;
}
