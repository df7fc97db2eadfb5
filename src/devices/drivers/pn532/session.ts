import {
  type Command,
  firmwareVersion,
  type ListedTag,
  listTag,
  passiveTries,
  readExchanged,
  readFirmware,
  readListed,
  readPages,
  samNormal,
} from '../../codecs/pn532/commands.ts';
import { ACK, FrameDecoder, type FrameEvent, WAKE, writeFrame } from '../../codecs/pn532/frame.ts';
import { areaBytes, CONTAINER_PAGE, findNdef, PAGE_BYTES } from '../../codecs/pn532/type2.ts';
import { Inbox } from '../../inbox.ts';
import type { TagSession } from '../../kept/kept-tag-reader.ts';
import type { DeviceHealth, Tag } from '../../ports.ts';
import type { Timers } from '../../timers.ts';
import type { Transport } from '../../transports/transport.ts';

/** How often it looks for a tag, ms: a person holds a tag for half a second at least. */
const LOOK_EVERY_MS = 200;
/** How long a board that does not answer is left alone before it is woken again, ms. */
const WAKE_EVERY_MS = 2_000;
/** One look with its tries takes 30 ms on the air; more than this is no answer, ms. */
const ANSWER_MS = 500;
/** Looks in a row without the tag after which it has gone: one miss is a hand that shakes. */
const MISSES_MAX = 2;
const TRIES = 2;
/** Pages of one read. */
const READ_PAGES = 4;

type Answer = Extract<FrameEvent, { readonly kind: 'frame' }>;

/** A PN532 board on one open link: looks for tags as long as it is there. */
export class Pn532Session implements TagSession {
  readonly lost: Promise<void>;
  health: DeviceHealth = {};
  readonly #link: Transport;
  readonly #timers: Timers;
  readonly #inbox: Inbox<FrameEvent>;
  readonly #listeners = new Set<(tag: Tag) => void>();
  readonly #watchers = new Set<() => void>();
  #stopWaiting: () => void = () => undefined;
  #isOver = false;
  /** Serial number of the tag in the field, told already. */
  #present = '';
  #misses = 0;

  constructor(link: Transport, timers: Timers) {
    this.#link = link;
    this.#timers = timers;
    this.#inbox = new Inbox(timers);
    this.lost = link.lost.then(() => this.#end());
    void this.#listen();
    void this.#wake();
  }

  onTag(listener: (tag: Tag) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  subscribe(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  async close(): Promise<void> {
    this.#end();
    await this.#link.close();
  }

  #end(): void {
    this.#isOver = true;
    this.#stopWaiting();
    this.#inbox.close();
  }

  /** Sets the board up; tries again for as long as it says nothing. */
  async #wake(): Promise<void> {
    // The acknowledgement ends whatever the board was doing for a page before this one.
    await this.#link.write(Uint8Array.of(...ACK, ...WAKE)).catch(() => undefined);
    const isReady =
      (await this.#ask(samNormal())) !== undefined && (await this.#ask(passiveTries(TRIES))) !== undefined;
    if (!isReady) return this.#later(WAKE_EVERY_MS, () => this.#wake());
    const firmware = readFirmware((await this.#ask(firmwareVersion()))?.data ?? new Uint8Array(0));
    if (firmware !== undefined) {
      const { chip, version, revision } = firmware;
      this.health = { maker: 'NXP', model: `PN5${chip.toString(16)}`, firmware: `${version}.${revision}` };
      for (const watcher of [...this.#watchers]) watcher();
    }
    await this.#look();
  }

  async #look(): Promise<void> {
    const answer = await this.#ask(listTag());
    if (answer === undefined) return this.#later(WAKE_EVERY_MS, () => this.#wake());
    const listed = readListed(answer.data);
    if (listed === 'none') {
      this.#misses += 1;
      if (this.#misses >= MISSES_MAX) this.#present = '';
    } else if (listed !== undefined) await this.#found(listed);
    this.#later(LOOK_EVERY_MS, () => this.#look());
  }

  async #found(listed: ListedTag): Promise<void> {
    this.#misses = 0;
    const uid = hex(listed.uid);
    if (uid === this.#present) return;
    const ndef = listed.selRes === 0 ? await this.#ndef() : undefined;
    if (this.#isOver) return;
    this.#present = uid;
    const tag: Tag = { uid, ...(ndef === undefined ? {} : { ndef: hex(ndef) }) };
    for (const listener of [...this.#listeners]) listener(tag);
  }

  /** The message of a Type 2 tag; undefined when there is none or the tag left while it was read. */
  async #ndef(): Promise<Uint8Array | undefined> {
    const first = await this.#pages(CONTAINER_PAGE);
    if (first === undefined) return undefined;
    const size = areaBytes(first.subarray(0, PAGE_BYTES));
    let area = first.subarray(PAGE_BYTES);
    while (area.length < size && findNdef(area) === 'more') {
      const more = await this.#pages(CONTAINER_PAGE + 1 + area.length / PAGE_BYTES);
      if (more === undefined) return undefined;
      area = Uint8Array.of(...area, ...more);
    }
    const found = size === 0 ? undefined : findNdef(area);
    return found instanceof Uint8Array ? found : undefined;
  }

  async #pages(page: number): Promise<Uint8Array | undefined> {
    const answer = await this.#ask(readPages(page));
    const bytes = answer && readExchanged(answer.data);
    return bytes?.length === READ_PAGES * PAGE_BYTES ? bytes : undefined;
  }

  /** The answer to this command: no acknowledgement, no answer to another, nothing that came before. */
  async #ask({ code, data }: Command): Promise<Answer | undefined> {
    if (this.#isOver) return undefined;
    this.#inbox.clear();
    const sent = this.#link.write(writeFrame('host', code, data)).then(
      () => true,
      () => false,
    );
    const event = await this.#inbox.next(
      ANSWER_MS,
      (each) =>
        each.kind === 'error' || (each.kind === 'frame' && each.from === 'reader' && each.code === code + 1),
    );
    return typeof event === 'object' && event.kind === 'frame' && (await sent) ? event : undefined;
  }

  #later(ms: number, work: () => Promise<void>): void {
    if (!this.#isOver) this.#stopWaiting = this.#timers.after(ms, () => void work());
  }

  async #listen(): Promise<void> {
    const incoming = this.#link.incoming.getReader();
    const decoder = new FrameDecoder();
    for (;;) {
      const { value } = await incoming.read().catch(() => ({ value: undefined }));
      if (value === undefined) return;
      for (const event of decoder.push(value)) this.#inbox.put(event);
    }
  }
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
