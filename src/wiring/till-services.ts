import type { SignedEntry } from '../domain/entry.ts';
import type { Services } from '../flow/services.ts';
import { type WelcomeKept, WelcomeRunner } from '../flow/welcome/welcome-runner.ts';
import type { JournalClient } from '../store/journal-client.ts';
import { keepBadge } from './badge.ts';
import { BooksService } from './books.ts';
import { LateSound } from './sound.ts';

const WELCOME_KEY = 'welcome';

export interface TillServicesParts {
  readonly journal: JournalClient;
  /** What the till itself offers. */
  readonly till: Omit<Services, 'books' | 'sound' | 'welcome'>;
  /** When the till is on the screen: what nobody waits for begins then. */
  readonly shown: Promise<void>;
  readonly alarm: (error: unknown) => void;
}

/** What pages are handed beside the flows: the books' health, sound, the first minute. None of it moves money. */
export function tillServices({ journal, till, shown, alarm }: TillServicesParts): Services {
  const { life, session, checkout } = till;
  const sound = new LateSound();
  const welcome = new WelcomeRunner({
    training: session.training,
    checkout: checkout.state,
    canInstall: life.canInstall,
    kept: async () =>
      journal.status.role === 'failed' ? {} : readKept(await journal.vault.get(WELCOME_KEY)),
    keep: (next) => journal.vault.set(WELCOME_KEY, next),
    alarm,
  });
  const books = new BooksService({
    journal,
    namespace: session.training ? 'training' : 'main',
    syncNow: () => void life.syncNow(),
    now: () => Date.now(),
    estimate: () => navigator.storage.estimate(),
    alarm,
  });
  // Heard and offered from what was written down, never from what a screen shows.
  journal.onAppended((entries: readonly SignedEntry[]) => {
    sound.written(entries);
    welcome.written(entries);
  });
  void welcome.start();
  void shown.then(() => {
    void sound.load(life.settings, alarm);
    keepBadge(life.strip, navigator);
  });
  return { ...till, books, sound, welcome };
}

function readKept(kept: unknown): WelcomeKept {
  if (typeof kept !== 'object' || kept === null) return {};
  const { guided, installDeclined } = kept as Record<string, unknown>;
  return { guided: guided === true, installDeclined: installDeclined === true };
}
