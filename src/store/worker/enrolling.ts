import { newSigner, type Signer, signBytes } from '../../domain/chain.ts';
import type { PublicKey } from '../../domain/entry.ts';
import { JournalError, type TillIdentity } from '../../domain/journal.ts';
import type { Enrolment } from '../protocol.ts';
import type { KeySafe } from './key-safe.ts';
import type { Writer } from './writer.ts';

/** Makes keys and takes them into use. A key asked for is kept until it is used, so that a reload in between costs nothing. */
export class Enrolling {
  readonly #writer: Writer;
  #pending: Signer | undefined;
  readonly #safe: Pick<KeySafe, 'keepSigner'>;
  readonly #dropEmergencyKey: () => Promise<void>;

  constructor(writer: Writer, safe: Pick<KeySafe, 'keepSigner'>, dropEmergencyKey: () => Promise<void>) {
    this.#writer = writer;
    this.#safe = safe;
    this.#dropEmergencyKey = dropEmergencyKey;
  }

  /** Public half of the key that the next enrolment or re-key will take into use. */
  async createKey(): Promise<PublicKey> {
    return (await this.#next()).key;
  }

  /** Signs with the till's key, or with the key that is about to become it: proof for the server that we hold it. */
  async sign(
    bytes: Uint8Array<ArrayBuffer>,
    which: 'till' | 'next',
  ): Promise<{ key: PublicKey; sig: string }> {
    const signer = which === 'next' ? await this.#next() : this.#writer.signer;
    if (signer === undefined) throw new JournalError('not-enrolled', 'this till has no key yet');
    return { key: signer.key, sig: await signBytes(signer, bytes) };
  }

  /** Writes entry 1. Rejects when the till is enrolled already, or cannot keep a key. */
  async enrol(given: Enrolment): Promise<TillIdentity> {
    if (this.#writer.state !== undefined)
      throw new JournalError('invalid-entry', 'this till is enrolled already');
    const signer = await this.#next();
    const identity = identityOf(given, signer.key);
    const opfs = this.#writer.core.copies.opfs;
    await opfs?.prepare().catch(() => this.#writer.core.copies.dropOpfs());
    const state = {
      revision: 0,
      identity,
      keys: [signer.key],
      epochs: [],
      parked: [],
      needsRekey: false,
      opfs: this.#writer.core.copies.opfs !== undefined,
    };
    const body = { merchant: given.merchant, shop: given.shop, key: signer.key };
    await this.#writer.begin(state, signer, { type: 'enrolment.completed', body }, given.serverHead);
    await this.#safe.keepSigner(signer);
    this.#pending = undefined;
    return identity;
  }

  /** Takes a new key into use that the server has accepted. After a lost key it is the one that signs already. */
  async rekey(given: Enrolment): Promise<TillIdentity> {
    const state = this.#writer.state;
    if (state === undefined) throw new JournalError('not-enrolled', 'this till is not enrolled');
    if (given.merchant !== state.identity.merchant || given.till !== state.identity.till) {
      throw new JournalError('invalid-entry', 'the code is of another till');
    }
    const signer = await this.#next();
    const identity = identityOf(given, signer.key);
    const keys = state.keys.some((key) => key.kid === signer.key.kid)
      ? state.keys
      : [...state.keys, signer.key];
    const body = { merchant: given.merchant, shop: given.shop, key: signer.key };
    const next = { ...state, identity, keys, needsRekey: false };
    await this.#writer.begin(next, signer, { type: 'enrolment.rekeyed', body });
    this.#pending = undefined;
    await this.#safe.keepSigner(signer);
    if (this.#writer.core.copies.idb !== undefined) await this.#dropEmergencyKey().catch(() => undefined);
    return identity;
  }

  async #next(): Promise<Signer> {
    if (this.#writer.state?.needsRekey === true && this.#writer.signer !== undefined)
      return this.#writer.signer;
    if (this.#pending !== undefined) return this.#pending;
    const idb = this.#writer.core.copies.idb;
    if (idb === undefined) throw new JournalError('blocked', 'a key can only be kept in IndexedDB');
    this.#pending = await idb.pendingSigner();
    if (this.#pending === undefined) {
      this.#pending = await newSigner();
      await idb.putPendingSigner(this.#pending);
    }
    return this.#pending;
  }
}

const identityOf = (given: Enrolment, key: PublicKey): TillIdentity => ({
  merchant: given.merchant,
  till: given.till,
  key,
  training: given.training,
  ...(given.serverKey === undefined ? {} : { serverKey: given.serverKey }),
});
