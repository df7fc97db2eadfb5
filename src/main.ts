// First, and apart from the others: what it imports runs in this order, and the worker takes longest.

import { LOADERS } from './i18n/languages.ts';
import { showDoor } from './wiring/door.ts';
import { holdInstallPrompt } from './wiring/install.ts';
import { journalPort, trusted } from './wiring/journal-port.ts';

/** Resolves when there is a body to show something in: this script does not wait for it, nor for the style sheet. */
const parsed = (): Promise<unknown> =>
  document.readyState === 'loading'
    ? new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
    : Promise.resolve();

/** Resolves when what was rendered is on the screen. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** The build names the next chunk and what it imports in index.html; from here on they are fetched, though not run. */
function fetchTill(): void {
  for (const file of document.querySelectorAll('link[rel=till]')) file.setAttribute('rel', 'modulepreload');
}

/** Starts the till (docs/adr/0019): the door, which needs nothing of the books; then, when it is seen, what is behind it. */
async function start(): Promise<void> {
  const install = holdInstallPrompt();
  await parsed();
  const root = document.body;
  const port = journalPort;
  if (port === undefined) {
    const { showCustomerScreen } = await import('./wiring/display-window.ts');
    return showCustomerScreen(root);
  }
  const door = showDoor(root);
  try {
    await painted();
    fetchTill();
    // Beside it, what it is to say. Whoever needs the words asks again and hears why there are none.
    LOADERS[door.look.value.language].words().catch(() => undefined);
    // Running the till's script takes the thread for a while: a key that was pressed meanwhile is shown first.
    await painted();
    const { openTill } = await import('./wiring/open-till.ts');
    await openTill({ root, port, door, install, serviceWorker: trusted('/sw.js') });
  } catch (error) {
    door.session.giveUp();
    throw error;
  }
}

start().catch((error: unknown) => globalThis.reportError(error));
