import { type EnrolRequest, type EnrolResponse, EnrolResponseSchema } from '../../../src/contract/api.ts';
import type { BusinessDay } from '../../../src/domain/business-day.ts';
import { headOf, newSigner, type Signer, seal, signBytes } from '../../../src/domain/chain.ts';
import type { Clock, Random } from '../../../src/domain/clock.ts';
import { type EntryDraft, GENESIS_HASH, type Head, type SignedEntry } from '../../../src/domain/entry.ts';
import {
  type Epoch,
  type MerchantId,
  newAttemptId,
  newEpoch,
  newLineId,
  newSaleId,
  type OperatorId,
  type TillId,
} from '../../../src/domain/ids.ts';
import { type Minor, minor } from '../../../src/domain/money.ts';
import type { Operator } from '../../../src/domain/role.ts';
import type { CompletedSale } from '../../../src/domain/sale.ts';
import type { Shop } from '../../../src/domain/shop.ts';

/** How a test reaches a server: `fetch` with its address, or an app's `request`. */
export type Call = (path: string, init?: RequestInit) => Promise<Response>;

export const TEST_SHOP: Shop = {
  name: '晨光小店',
  trade: 'retail',
  language: 'zh-CN',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  cutoffHour: 4,
  rounding: 'none',
};
export const TEST_OWNER: Operator = { id: 'owner-1' as OperatorId, name: '陈店主', role: 'owner' };

export interface FakeTillParts {
  readonly call: Call;
  readonly clock: Clock;
  readonly random: Random;
  /** Made when absent; give one to re-enrol with the same key. */
  readonly signer?: Signer;
}

export const jsonPost = (value: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** The request that enrols a key with a code. */
export async function enrolRequest(code: string, signer: Signer, isFresh: boolean): Promise<EnrolRequest> {
  const proof = await signBytes(signer, new TextEncoder().encode(code));
  return {
    contract: 1,
    code,
    key: signer.key,
    proof,
    ...(isFresh ? { shop: TEST_SHOP, owner: TEST_OWNER } : {}),
  };
}

/** A till without a screen: real keys, real chains, over whatever `call` reaches. It can also lie, for tests of bad days. */
export class FakeTill {
  readonly enrolment: EnrolResponse;
  readonly signer: Signer;
  readonly #parts: FakeTillParts;
  epoch: Epoch;
  seq = 0;
  prev: string;

  constructor(parts: FakeTillParts, signer: Signer, enrolment: EnrolResponse) {
    this.#parts = parts;
    this.signer = signer;
    this.enrolment = enrolment;
    this.epoch = newEpoch(parts.random);
    this.prev = enrolment.head?.hash ?? GENESIS_HASH;
  }

  /** Uses a code; without one, the server's own set-up code. Throws when the server refuses. */
  static async enrol(parts: FakeTillParts, code?: string): Promise<FakeTill> {
    const used = code ?? ((await (await parts.call('/api/setup')).json()) as { code: string }).code;
    const signer = parts.signer ?? (await newSigner());
    const response = await parts.call(
      '/api/enrol',
      jsonPost(await enrolRequest(used, signer, code === undefined)),
    );
    if (!response.ok) throw new Error(`enrol: ${response.status} ${await response.text()}`);
    return new FakeTill(parts, signer, EnrolResponseSchema.parse(await response.json()));
  }

  get merchant(): MerchantId {
    return this.enrolment.merchant;
  }

  get till(): TillId {
    return this.enrolment.till;
  }

  /** The next entry of the chain. `signer`: sign with another key than the till's. */
  async write(draft: EntryDraft, change: { training?: boolean; at?: number } = {}): Promise<SignedEntry> {
    const { clock } = this.#parts;
    const signed = await seal(
      {
        v: 1,
        till: this.till,
        epoch: this.epoch,
        seq: this.seq + 1,
        prev: this.prev,
        at: change.at ?? clock.now(),
        mono: Math.floor(clock.mono()),
        operator: TEST_OWNER.id,
        training: change.training ?? false,
        ...draft,
      },
      this.signer,
    );
    this.moveTo(headOf(signed));
    return signed;
  }

  /** Goes on after another head: a clone, a restored profile. */
  moveTo(head: Head): void {
    this.epoch = head.epoch;
    this.seq = head.seq;
    this.prev = head.hash;
  }

  beginEpoch(prev = this.prev): void {
    this.epoch = newEpoch(this.#parts.random);
    this.seq = 0;
    this.prev = prev;
  }

  /** A cash sale of one line per amount (fen), all figures right. */
  sale(amounts: readonly number[], day = '2026-11-22'): CompletedSale {
    const { random } = this.#parts;
    const lines = amounts.map((each) => ({
      id: newLineId(random),
      name: `商品 ${each}`,
      quantityMilli: 1_000,
      price: minor(each),
      amount: minor(each),
    }));
    const total = amounts.reduce((all, each) => all + each, 0) as Minor;
    return {
      saleId: newSaleId(random),
      day: day as BusinessDay,
      currency: 'CNY',
      lines,
      subtotal: total,
      rounding: minor(0),
      total,
      payments: [{ attemptId: newAttemptId(random), tender: 'cash', amount: total, tendered: total }],
    };
  }

  /** Writes `count` cash sales of 1.00, 2.00 … yuan. */
  async sell(count: number): Promise<SignedEntry[]> {
    const written: SignedEntry[] = [];
    for (let number = 1; number <= count; number += 1) {
      written.push(await this.write({ type: 'sale.completed', body: this.sale([number * 100]) }));
    }
    return written;
  }

  send(entries: readonly unknown[], headers: Record<string, string> = {}): Promise<Response> {
    const { merchant, till } = this;
    return this.#parts.call('/api/journal', jsonPost({ contract: 1, merchant, till, entries }, headers));
  }

  /** Wins a token with the till's key. */
  async token(): Promise<string> {
    const { call } = this.#parts;
    const { nonce } = (await (await call('/api/challenge')).json()) as { nonce: string };
    const sig = await signBytes(this.signer, new TextEncoder().encode(nonce));
    const { merchant, till } = this;
    const response = await call(
      '/api/token',
      jsonPost({ merchant, till, nonce, kid: this.signer.key.kid, sig }),
    );
    if (!response.ok) throw new Error(`token: ${response.status}`);
    return ((await response.json()) as { token: string }).token;
  }

  /** The path of a one-time link into the office. */
  async officeLink(): Promise<string> {
    const authorization = `Bearer ${await this.token()}`;
    const response = await this.#parts.call('/api/office-ticket', {
      method: 'POST',
      headers: { authorization },
    });
    return ((await response.json()) as { url: string }).url;
  }
}
