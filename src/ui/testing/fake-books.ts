import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptRecord, SaleRecord } from '../../domain/journal.ts';
import { type Minor, minor, sum } from '../../domain/money.ts';
import type { Books, BooksCheck, BooksHealth, JournalFile } from '../../flow/books-service.ts';
import type { DayView } from '../../flow/services.ts';
import type { Cue } from '../../flow/sound/heard.ts';
import type { Sound } from '../../flow/sound-service.ts';
import { Store } from '../../flow/store.ts';
import type { GuideStep } from '../../flow/welcome/guide.ts';
import type { Welcome } from '../../flow/welcome-service.ts';

export const TODAY = '2026-03-14' as BusinessDay;

/** Books in memory: what is shown is set, what is asked for is kept. */
export class FakeBooks implements Books {
  readonly calls: string[] = [];
  shown: BooksHealth = { parked: [], room: { used: 42_000_000, quota: 60_000_000_000 } };
  checked: BooksCheck = { entries: 128, valid: 128 };
  file: JournalFile | undefined = {
    name: 'xiaoji-journal-A1-7K3M9Q-128-2026-03-14.jsonl',
    content: new Blob(['{}\n']),
    entries: 128,
    rescued: false,
  };
  open: readonly AttemptRecord[] = [];
  refunded: Minor = minor(0);

  async health(): Promise<BooksHealth> {
    return this.shown;
  }

  async sendAgain(): Promise<void> {
    this.calls.push('send-again');
  }

  async check(): Promise<BooksCheck> {
    return this.checked;
  }

  async export(): Promise<JournalFile | undefined> {
    this.calls.push('export');
    return this.file;
  }

  day(day: BusinessDay, records: readonly SaleRecord[]): DayView {
    const own = records.filter((record) => record.sale.day === day);
    if (own.length === 0) return { day, open: this.open };
    const tenders: Record<string, Minor> = {};
    for (const { sale } of own)
      for (const { tender, amount } of sale.payments)
        tenders[tender] = minor((tenders[tender] ?? 0) + amount);
    const total = sum(own.map(({ sale }) => sale.total));
    const refunds = this.refunded > 0 ? { refunds: 1, refunded: this.refunded } : {};
    return {
      day,
      open: this.open,
      totals: { day, currency: 'CNY', sales: own.length, total, tenders, ...refunds },
    };
  }
}

export class FakeSound implements Sound {
  readonly played: Cue[] = [];
  readonly hasVoice = new Store(true);

  play(cue: Cue): void {
    this.played.push(cue);
  }

  rehearse(): void {
    this.played.push('done');
  }
}

export class FakeWelcome implements Welcome {
  readonly calls: string[] = [];
  readonly guide = new Store<GuideStep | undefined>(undefined);
  readonly offersInstall = new Store(false);

  skipGuide(): void {
    this.calls.push('skip');
    this.guide.set(undefined);
  }

  restartGuide(): void {
    this.calls.push('restart');
    this.guide.set('amount');
  }

  declineInstall(): void {
    this.calls.push('decline');
    this.offersInstall.set(false);
  }
}
