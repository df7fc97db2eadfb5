import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Countersigned, Problem } from '../../contract/api.ts';
import type { MerchantId, OperatorId, SaleId, TillId } from '../../domain/ids.ts';
import type { TillIdentity } from '../../domain/journal.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { eventually, InstantTimer, seededChance } from '../testing/ports.ts';
import { type SyncJournal, type SyncNetwork, SyncRunner } from './runner.ts';
import { BACKOFF_LONGEST_MS, backoffMs, type SyncEvent, type SyncState, step } from './sync.ts';

const identity: TillIdentity = {
  merchant: 'm-0000000000' as MerchantId,
  till: '01' as TillId,
  key: { alg: 'Ed25519', kid: '0'.repeat(16), publicKey: 'AA' },
  training: false,
};

class SyncableJournal extends MemoryJournal implements SyncJournal {
  async acknowledge(countersigned: Countersigned): Promise<boolean> {
    this.acknowledged = countersigned.head.seq;
    return true;
  }
  async reconcile(countersigned: Countersigned): Promise<void> {
    this.acknowledged = countersigned.head.seq;
  }
  async park(position: number, reason: string): Promise<void> {
    this.parked.push({ position, reason, parkedAt: 0 });
  }
}

/** A server that keeps what it is sent, once, and misbehaves by script: one word per request. */
class ScriptedNetwork implements SyncNetwork {
  readonly held = new Map<number, string>();
  readonly script: ('ok' | 'lost' | 'answer-lost' | Problem['code'])[] = [];
  poison = new Set<number>();
  requests = 0;

  async ingest({ entries }: Parameters<SyncNetwork['ingest']>[0]): ReturnType<SyncNetwork['ingest']> {
    this.requests += 1;
    const word = this.script.shift() ?? 'ok';
    if (word === 'lost') return { kind: 'unreachable' };
    if (word !== 'ok' && word !== 'answer-lost') {
      return { kind: 'refused', status: 409, problem: { code: word, message: '' } };
    }
    const bad = entries.findIndex((each) => this.poison.has(each.entry.seq));
    if (bad >= 0) {
      this.held.set(entries[bad]?.entry.seq ?? 0, 'quarantined');
      return { kind: 'refused', status: 422, problem: { code: 'entry-invalid', message: '', at: bad } };
    }
    for (const each of entries) this.held.set(each.entry.seq, each.hash);
    if (word === 'answer-lost') return { kind: 'unreachable' };
    return { kind: 'ok', value: { appended: entries.length, known: 0, countersigned: this.countersigned() } };
  }

  async head(): Promise<Countersigned | undefined> {
    return this.countersigned();
  }

  countersigned(): Countersigned {
    const seq = Math.max(0, ...this.held.keys());
    const head = { epoch: 'AAAAAA' as Countersigned['head']['epoch'], seq, hash: this.held.get(seq) ?? '' };
    const { merchant, till, key } = identity;
    return { merchant, till, head, serverTime: 0, alg: 'Ed25519', kid: key.kid, sig: 'AA' };
  }
}

async function till(entries: number) {
  const journal = new SyncableJournal();
  const network = new ScriptedNetwork();
  const timer = new InstantTimer();
  for (let index = 0; index < entries; index += 1) {
    const body = { saleId: String(index).padStart(32, '0') as SaleId, reason: 'x' };
    await journal.append([{ type: 'sale.voided', body }], 'owner' as OperatorId);
  }
  const alarms: unknown[] = [];
  const chance = seededChance(1);
  const ports = { journal, network, timer, chance, identity: () => identity, serverTime: () => undefined };
  const sync = new SyncRunner({ ...ports, alarm: (error) => alarms.push(error) });
  return { journal, network, timer, sync, alarms };
}

describe('bringing the journal to the server', () => {
  test('every entry arrives once whatever gets lost on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('ok', 'lost', 'answer-lost', 'internal'), { maxLength: 12 }),
        async (script) => {
          const { journal, network, sync, alarms } = await till(450);
          network.script.push(...(script as ScriptedNetwork['script']));
          sync.poke(true);
          await eventually(() => sync.state.value.at === 'idle');
          expect(journal.acknowledged).toBe(450);
          expect([...network.held]).toEqual(journal.entries.map((signed) => [signed.entry.seq, signed.hash]));
          expect(alarms).toEqual([]);
        },
      ),
      { numRuns: 20, seed: 7 },
    );
  });
  test('an entry the server refuses is parked with its reason and the rest goes on', async () => {
    const { journal, network, sync } = await till(10);
    network.poison.add(4);
    sync.poke(true);
    await eventually(() => sync.state.value.at === 'idle');
    expect(journal.parked).toEqual([{ position: 4, reason: 'entry-invalid', parkedAt: 0 }]);
    expect(network.held.size).toBe(10);
  });
  test('a gap is settled by asking where the server stands, once', async () => {
    const { journal, network, sync } = await till(5);
    network.held.set(2, 'known');
    network.script.push('sequence-gap');
    sync.poke(true);
    await eventually(() => sync.state.value.at === 'idle');
    expect(journal.acknowledged).toBe(5);
    network.script.push('sequence-gap', 'sequence-gap', 'ok');
    await journal.append(
      [{ type: 'sale.voided', body: { saleId: 'f'.repeat(32) as SaleId, reason: 'x' } }],
      'owner' as OperatorId,
    );
    sync.poke(true);
    await eventually(() => sync.state.value.at === 'idle');
    expect(journal.acknowledged).toBe(6);
  });
  test('a revoked till stops asking until a person does', async () => {
    const { network, sync } = await till(1);
    network.script.push('till-revoked');
    sync.poke(false);
    await eventually(() => sync.state.value.at === 'blocked');
    sync.poke(false);
    expect(network.requests).toBe(1);
    sync.poke(true);
    await eventually(() => sync.state.value.at === 'idle');
    expect(network.held.size).toBe(1);
  });
});

describe('the pure machine', () => {
  const EVENTS: readonly SyncEvent[] = [
    { type: 'poke', urgent: false },
    { type: 'poke', urgent: true },
    { type: 'drained' },
    { type: 'failed', fraction: 0.5 },
    { type: 'blocked', reason: 'x' },
    { type: 'woke' },
  ];
  test('never has two drains under way', () => {
    const seen = new Set<string>();
    const go = (state: SyncState): void => {
      const key = JSON.stringify({ ...state, tries: 'tries' in state ? Math.min(state.tries, 3) : 0 });
      if (seen.has(key)) return;
      seen.add(key);
      for (const event of EVENTS) {
        const [next, effects] = step(state, event);
        const drains = effects.some((effect) => effect.type === 'drain');
        if (drains && state.at === 'sending') expect(event.type).toBe('drained');
        expect(next.at === 'sending' || !drains).toBe(true);
        go(next);
      }
    };
    go({ at: 'idle' });
  });
  test('backs off to at most a minute', () => {
    expect(backoffMs(0, 0)).toBe(1_000);
    expect(backoffMs(50, 0)).toBe(BACKOFF_LONGEST_MS);
    expect(backoffMs(50, 1)).toBe(BACKOFF_LONGEST_MS / 2);
  });
});
