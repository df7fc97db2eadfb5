import { openJournal } from './store/journal-client.ts';
import workerUrl from './store/worker/journal-worker.ts?worker&url';
import './ui/pos-app.ts';
import { provideUi } from './ui/state/provide.ts';
import { holdInstallPrompt } from './wiring/install.ts';
import { Till } from './wiring/till.ts';
import { trainingLanguage } from './wiring/training.ts';
import { scriptUrls } from './wiring/trusted-urls.ts';
import { watchForUpdates } from './wiring/update.ts';
import { keepAwake } from './wiring/wake-lock.ts';

/** Starts the till: the journal first, then the flows, then the screen. The order is the promise. */
async function start(root: HTMLElement): Promise<void> {
  const trusted = scriptUrls();
  const install = holdInstallPrompt();
  const journal = await openJournal({
    createWorker: () => new Worker(trusted(workerUrl), { type: 'module', name: 'journal' }),
    namespace: trainingLanguage() === undefined ? 'main' : 'training',
  });
  const update = watchForUpdates(trusted('/sw.js'), () => location.reload());
  const till = await Till.build({
    journal,
    update,
    install,
    alarm: (error) => globalThis.reportError(error),
  });
  provideUi(root, till.services);
  root.querySelector('.boot')?.remove();
  root.append(document.createElement('pos-app'));
  await till.start();
  keepAwake(() => till.services.session.state.value.at === 'open');
  // A closed page cannot finish what it began: the browser asks before it lets go.
  globalThis.addEventListener('beforeunload', (leaving) => {
    const { at } = till.services.checkout.state.value;
    if (at === 'paying' || at === 'unsaved') leaving.preventDefault();
  });
}

start(document.body).catch((error: unknown) => globalThis.reportError(error));
