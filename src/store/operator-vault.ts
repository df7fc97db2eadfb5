import * as z from 'zod/mini';
import { toBase64url } from '../domain/bytes.ts';
import type { Random } from '../domain/clock.ts';
import { type Operator, OperatorSchema } from '../domain/role.ts';
import { OPENING_KEYS } from './vault-keys.ts';

/** The plain key/value part of the store. */
export interface Vault {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** Cost of one look at a PIN, PBKDF2-SHA-256 rounds: some 40 ms on a till (facts, stack 7). */
export const PIN_ROUNDS = 210_000;
const SALT_BYTES = 16;

const RowSchema = z.strictObject({
  operator: OperatorSchema,
  salt: z.instanceof(Uint8Array),
  tag: z.string(),
});
const RowsSchema = z.array(RowSchema);
const LockSchema = z.strictObject({ failures: z.int(), notBefore: z.int() });
type Row = z.infer<typeof RowSchema>;

/**
 * Operators and their PINs. What is stored of a PIN is a MAC under a key of this browser that cannot be read out: a copy
 * of the rows alone cannot be tried offline, however short the PIN. Not a password store for accounts.
 */
export class OperatorRows {
  readonly #vault: Vault;
  readonly #random: Random;

  constructor(vault: Vault, random: Random) {
    this.#vault = vault;
    this.#random = random;
  }

  async operators(): Promise<readonly Operator[]> {
    return (await this.#rows()).map((row) => row.operator);
  }

  /** Adds an operator, or gives the one with the same id a new PIN. */
  async add(operator: Operator, pin: string): Promise<void> {
    const salt = this.#random.bytes(SALT_BYTES);
    const row: Row = { operator, salt, tag: await this.#tag(pin, salt) };
    const others = (await this.#rows()).filter((each) => each.operator.id !== operator.id);
    await this.#vault.set(OPENING_KEYS.operators, [...others, row]);
  }

  async verify(pin: string): Promise<Operator | undefined> {
    let found: Operator | undefined;
    // Every row is looked at, so that the time taken says nothing about whose PIN came close.
    for (const row of await this.#rows()) {
      if ((await this.#tag(pin, new Uint8Array(row.salt))) === row.tag) found = row.operator;
    }
    return found;
  }

  async lockState(): Promise<{ readonly failures: number; readonly notBefore: number }> {
    const stored = z.safeParse(LockSchema, await this.#vault.get(OPENING_KEYS.lock));
    return stored.success ? stored.data : { failures: 0, notBefore: 0 };
  }

  setLockState(state: { readonly failures: number; readonly notBefore: number }): Promise<void> {
    return this.#vault.set(OPENING_KEYS.lock, { ...state });
  }

  async #rows(): Promise<Row[]> {
    const stored = z.safeParse(RowsSchema, await this.#vault.get(OPENING_KEYS.operators));
    return stored.success ? stored.data : [];
  }

  async #tag(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<string> {
    const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
      'deriveBits',
    ]);
    const stretched = await crypto.subtle.deriveBits(
      { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PIN_ROUNDS },
      material,
      256,
    );
    return toBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', await this.#deviceKey(), stretched)));
  }

  /** Made once per browser and kept where only WebCrypto can use it. */
  async #deviceKey(): Promise<CryptoKey> {
    const kept = await this.#vault.get('pin-key');
    if (kept instanceof CryptoKey) return kept;
    const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    await this.#vault.set('pin-key', key);
    return key;
  }
}
