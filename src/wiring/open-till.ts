import { journalOver } from '../store/journal-client.ts';
import type { WorkerPort } from '../store/worker-port.ts';
import '../ui/pos-shell.ts';
import { provideServices } from '../ui/state/provide.ts';
import type { Door } from './door.ts';
import type { InstallPrompt } from './install.ts';
import { Till } from './till.ts';
import { tillServices } from './till-services.ts';
import { watchForUpdates } from './update.ts';
import { keepAwake } from './wake-lock.ts';

export interface OpenTillParts {
  readonly root: HTMLElement;
  readonly port: WorkerPort;
  readonly door: Door;
  readonly install: InstallPrompt;
  /** Address of the service worker, trusted. */
  readonly serviceWorker: string;
}

/** Builds the till behind its door: the journal first, then the flows, then the screen. The order is the promise. */
export async function openTill(parts: OpenTillParts): Promise<void> {
  let show = (): void => undefined;
  const shown = new Promise<void>((resolve) => {
    show = resolve;
  });
  try {
    await build(parts, shown);
  } finally {
    // Also when it failed: a new version may mend that.
    requestAnimationFrame(() => setTimeout(show));
  }
}

/** `shown`: when what nobody waits for may begin. */
async function build(
  { root, port, door, install, serviceWorker }: OpenTillParts,
  shown: Promise<void>,
): Promise<void> {
  const journal = await journalOver(port);
  const update = watchForUpdates(serviceWorker, () => location.reload(), shown);
  const alarm = (error: unknown): void => globalThis.reportError(error);
  const till = await Till.build({ journal, update, install, alarm });
  const services = tillServices({ journal, till: till.services, shown, alarm });
  await till.start();
  await provideServices(root, services, door.ui, door.look);
  door.session.adopt(till.services.session);
  keepAwake(() => till.services.session.state.value.at === 'open');
  // A closed page cannot finish what it began: the browser asks before it lets go.
  globalThis.addEventListener('beforeunload', (leaving) => {
    const { at } = till.services.checkout.state.value;
    if (at === 'paying' || at === 'unsaved') leaving.preventDefault();
  });
}
