import type { Countersigned } from '../../contract/api.ts';
import type { Head } from '../../domain/entry.ts';
import { JournalError } from '../../domain/journal.ts';
import { isTrusted } from '../countersigned.ts';
import { positionOf } from '../epochs.ts';
import type { Reconciled } from '../protocol.ts';
import type { JournalCore, Till } from './journal-core.ts';

/** What the server says it holds, and what the journal does about it. */
export class ServerWord {
  readonly #core: JournalCore;

  constructor(core: JournalCore) {
    this.#core = core;
  }

  /** The server holds everything up to its head. False when it is not its word, or not about an entry of ours. */
  async acknowledge(word: Countersigned): Promise<boolean> {
    return this.#core.serial(async () => {
      const till = this.#core.till;
      if (till === undefined || !(await isTrusted(word, till.state.identity))) return false;
      const position = await this.#placeOf(word.head);
      if (position === undefined) return false;
      if (position > (till.state.acknowledged?.position ?? 0)) await this.#acknowledged(word, position);
      return true;
    });
  }

  /** Compares with the head the server says it holds now; `undefined`: it holds nothing of this till. */
  async reconcile(word: Countersigned | undefined): Promise<Reconciled> {
    return this.#core.serial(async () => {
      const till = this.#core.till;
      if (till === undefined) throw new JournalError('not-enrolled', 'this till is not enrolled');
      const known = till.state.acknowledged;
      if (word === undefined) {
        if (known === undefined) return 'agreed';
        const { acknowledged: _lost, ...rest } = till.state;
        await this.#core.putState(rest, 'later');
        return 'resending';
      }
      if (!(await isTrusted(word, till.state.identity))) return 'untrusted';
      const position = await this.#placeOf(word.head);
      if (position !== undefined) {
        await this.#acknowledged(word, position);
        return position < (known?.position ?? 0) ? 'resending' : 'agreed';
      }
      // Asked again before the new epoch has arrived there, the server says the same as before.
      if (till.state.epochs.some((each) => each.prev === word.head.hash)) return 'agreed';
      await this.#continueFrom(word, till);
      return 'new-epoch';
    });
  }

  /** The server has what this journal lost, or another branch of it: number in a new epoch, behind the server's head. */
  async #continueFrom(word: Countersigned, till: Till): Promise<void> {
    const start = till.state.epochs.find((each) => each.epoch === word.head.epoch);
    const beyond = start === undefined || start.first + word.head.seq - 1 > till.last;
    this.#core.till = { ...till, place: this.#core.newPlace(word.head) };
    this.#core.owe({
      source: 'server',
      ...(till.head === undefined ? {} : { indexeddb: till.head, opfs: till.head }),
      server: word.head,
      restored: 0,
      newEpoch: true,
      reason: beyond ? 'behind-server' : 'fork',
    });
    await this.#core.write([]);
  }

  /** Position of a head of ours, or undefined when we hold no such entry or another one in its place. */
  async #placeOf(head: Head): Promise<number | undefined> {
    const till = this.#core.enrolled();
    const position = positionOf(till.state.epochs, head, till.last);
    if (position === undefined) return undefined;
    const hash = position === till.last ? till.head?.hash : (await this.#core.books.entry(position))?.hash;
    return hash === head.hash ? position : undefined;
  }

  async #acknowledged(countersigned: Countersigned, position: number): Promise<void> {
    const till = this.#core.enrolled();
    const acknowledged = { position, head: countersigned.head, countersigned };
    await this.#core.putState({ ...till.state, acknowledged }, 'later');
    this.#core.copies.opfs?.release(this.#core.enrolled().state);
  }
}
