import { beijing, type SandboxWorld } from '../world.ts';
import { checkValue, desEncrypt, type MacAlgorithm } from './crypto.ts';
import { batchTotals, type Trade } from './trades.ts';

export interface TerminalKeys {
  readonly pin: Uint8Array;
  readonly mac: Uint8Array;
  readonly data: Uint8Array;
}

/** What the host knows of one terminal. */
export class Terminal {
  readonly id: string;
  readonly merchant: string;
  readonly #masterKey: Uint8Array;
  keys: TerminalKeys | undefined;
  #batch = 1;
  #settled: string | undefined;
  readonly trades = new Map<string, Trade>();
  /** Reversed before they came: batch-trace. */
  readonly dead = new Set<string>();
  uploadedRows = 0;

  constructor(id: string, merchant: string, masterKey: Uint8Array) {
    this.id = id;
    this.merchant = merchant;
    this.#masterKey = masterKey;
  }

  get batch(): string {
    return String(this.#batch).padStart(6, '0');
  }

  /** True while trades may be made in the batch. */
  get open(): boolean {
    return this.#settled === undefined;
  }

  /** New working keys and, after a settlement, the next batch. Returns field 62 as hex. */
  signIn(world: SandboxWorld, algorithm: MacAlgorithm): string {
    if (!this.open) {
      this.#batch = (this.#batch % 999_999) + 1;
      this.#settled = undefined;
      this.uploadedRows = 0;
    }
    const keys: TerminalKeys = {
      pin: world.random.bytes(16),
      mac: world.random.bytes(16),
      data: world.random.bytes(16),
    };
    this.keys = keys;
    const macKind = algorithm === 'aes-cmac' ? 'aes' : 'tdes';
    return Buffer.concat([
      desEncrypt(this.#masterKey, keys.pin),
      checkValue(keys.pin, 'tdes'),
      desEncrypt(this.#masterKey, keys.mac),
      checkValue(keys.mac, macKind),
      desEncrypt(this.#masterKey, keys.data),
      checkValue(keys.data, 'tdes'),
    ])
      .toString('hex')
      .toUpperCase();
  }

  /** Compares field 48 with the books of the batch and closes it for trades. */
  settle(claimed: string): string {
    if (this.#settled !== undefined) return this.#settled;
    const own = batchTotals([...this.trades.values()].filter((trade) => trade.batch === this.batch));
    const digits = (value: number, length: number): string => String(value).padStart(length, '0');
    const domestic = `${digits(own.debit, 12)}${digits(own.debits, 3)}${digits(own.credit, 12)}${digits(own.credits, 3)}`;
    const foreign = '0'.repeat(30);
    const flag = claimed.slice(0, 30) === domestic ? '1' : '2';
    this.#settled = `${claimed.slice(0, 30)}${flag}${claimed.slice(31, 61)}${claimed.slice(31, 61) === foreign ? '1' : '2'}`;
    return this.#settled;
  }

  find(batch: string, trace: string): Trade | undefined {
    return this.trades.get(`${batch}-${trace}`);
  }
}

/** Fields 12, 13 and 15 of an answer. */
export function timeFields(world: SandboxWorld): readonly [number, string][] {
  const { month, day, hour, minute, second } = beijing(world.clock.now());
  return [
    [12, `${hour}${minute}${second}`],
    [13, `${month}${day}`],
    [15, `${month}${day}`],
  ];
}
