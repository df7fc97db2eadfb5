import type { JournalStatus } from '../domain/journal.ts';
import type { Books, BooksHealth, JournalFile, ParkedView } from '../flow/books-service.ts';
import type { JournalClient } from '../store/journal-client.ts';

/** Refused entries that are listed. */
const PARKED_SHOWN_MAX = 50;
const CONFIRMED_KEY = 'confirmed-at';

export interface BooksPorts {
  readonly journal: JournalClient;
  /** `main` or `training`: which files are looked into when the journal cannot be opened. */
  readonly namespace: 'main' | 'training';
  syncNow(): void;
  now(): number;
  estimate(): Promise<StorageEstimate>;
  alarm(error: unknown): void;
}

/** What this device holds, what waits, and the way out with all of it. */
export class BooksService implements Books {
  readonly #ports: BooksPorts;
  #confirmedAt: number | undefined;
  #acknowledged: string | undefined;

  constructor(ports: BooksPorts) {
    this.#ports = ports;
    this.#acknowledged = place(ports.journal.status);
    ports.journal.subscribe(() => this.#watch());
  }

  async health(): Promise<BooksHealth> {
    const { journal, estimate } = this.#ports;
    const [unsent, parked, confirmedAt, room] = await Promise.all([
      journal.unsent(1).catch(() => []),
      journal.parkedEntries().catch(() => []),
      this.#lastConfirmed(),
      estimate().catch(() => undefined),
    ]);
    const shown = [...parked].sort((a, b) => b.position - a.position).slice(0, PARKED_SHOWN_MAX);
    const views = await Promise.all(shown.map((each) => this.#parkedView(each)));
    const oldest = Math.min(
      ...unsent.map(({ signed }) => signed.entry.at),
      ...parked.map(({ parkedAt }) => parkedAt),
    );
    return {
      parked: views,
      ...(Number.isFinite(oldest) ? { oldestWaitingAt: oldest } : {}),
      ...(confirmedAt === undefined ? {} : { confirmedAt }),
      ...(room?.usage === undefined || room.quota === undefined
        ? {}
        : { room: { used: room.usage, quota: room.quota } }),
    };
  }

  async sendAgain(): Promise<void> {
    const { journal, syncNow } = this.#ports;
    for (const { position } of await journal.parkedEntries()) await journal.unpark(position);
    syncNow();
  }

  check(): ReturnType<Books['check']> {
    return this.#ports.journal.verify();
  }

  async export(): Promise<JournalFile | undefined> {
    const { journal, namespace, now } = this.#ports;
    const { writeJournal, rescueJournal } = await import('./journal-file.ts');
    const at = new Date(now()).toISOString().slice(0, 10);
    try {
      return await writeJournal(journal.exportAll(), at);
    } catch {
      // The journal cannot be read as a whole: what its files hold can still be carried to safety.
      return rescueJournal(namespace, at);
    }
  }

  async #parkedView({
    position,
    reason,
    parkedAt,
  }: Pick<ParkedView, 'position' | 'reason' | 'parkedAt'>): Promise<ParkedView> {
    const [placed] = await this.#ports.journal.entriesAfter(position - 1, 1).catch(() => []);
    const view = { position, reason, parkedAt };
    if (placed === undefined) return view;
    const { type, body } = placed.signed.entry;
    const saleId = 'attempt' in body ? body.attempt.saleId : 'saleId' in body ? body.saleId : undefined;
    return { ...view, type, ...(saleId === undefined ? {} : { saleId }) };
  }

  /** The server's word has moved on: now is when it was last heard. */
  #watch(): void {
    const { journal, now, alarm } = this.#ports;
    const acknowledged = place(journal.status);
    if (acknowledged === undefined || acknowledged === this.#acknowledged) return;
    const isFirstLook = this.#acknowledged === undefined && journal.status.unsynced === 0;
    this.#acknowledged = acknowledged;
    // A journal that has just been opened tells what an earlier page was told.
    if (isFirstLook) return;
    this.#confirmedAt = now();
    if (journal.status.role === 'writer') journal.vault.set(CONFIRMED_KEY, this.#confirmedAt).catch(alarm);
  }

  async #lastConfirmed(): Promise<number | undefined> {
    if (this.#confirmedAt !== undefined) return this.#confirmedAt;
    const kept = await this.#ports.journal.vault.get(CONFIRMED_KEY).catch(() => undefined);
    return typeof kept === 'number' ? kept : undefined;
  }
}

const place = ({ acknowledged }: JournalStatus): string | undefined =>
  acknowledged && `${acknowledged.epoch}-${acknowledged.seq}`;
