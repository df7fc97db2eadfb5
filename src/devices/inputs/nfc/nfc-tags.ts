import { DeviceError, type DeviceErrorCode } from '../../errors.ts';
import type { Tag, TagReader } from '../../ports.ts';
import { ndefHex, type TagRecord } from './ndef.ts';

/** What a `reading` event carries, and a `readingerror` does not. */
export interface Reading {
  readonly serialNumber: string;
  readonly message: { readonly records: readonly TagRecord[] };
}

/** What can be written on a tag: a member's number as text, or a link to a receipt. */
export type TagContent =
  | { readonly recordType: 'text'; readonly data: string; readonly lang: string }
  | { readonly recordType: 'url'; readonly data: string };

/** The part of an NDEFReader in use. A simulated one has the same shape. */
export interface NdefReader {
  scan(options: { signal: AbortSignal }): Promise<void>;
  write(
    message: { records: TagContent[] },
    options: { overwrite: boolean; signal: AbortSignal },
  ): Promise<void>;
  addEventListener(type: 'reading' | 'readingerror', listener: (happening: Event) => void): void;
}

export interface NfcOptions {
  /** `() => new NDEFReader()`. */
  readonly makeReader: () => NdefReader;
  /** A tag was there and could not be read: not formatted, or taken away too soon. */
  readonly onUnreadable?: () => void;
}

/** What Web NFC's error names mean (Web NFC, sections 9.4 and 9.5). `NotReadableError`: NFC is switched off in the system. */
const MEANING: Readonly<Record<string, DeviceErrorCode>> = {
  NotAllowedError: 'no-access',
  SecurityError: 'no-access',
  NotReadableError: 'no-access',
  NotSupportedError: 'unsupported',
  NetworkError: 'lost',
  InvalidStateError: 'busy',
};

/**
 * The phone's own tag reader: member and gift tags, NDEF only. Works while the page is in front and the screen is on. A serial
 * number and a text are not secrets: anyone can copy them, so a tag names a member and never proves one.
 */
export class NfcTags implements TagReader {
  readonly #options: NfcOptions;
  readonly #tags = new Set<(tag: Tag) => void>();
  readonly #links = new Set<() => void>();
  #scanning: AbortController | undefined;

  constructor(options: NfcOptions) {
    this.#options = options;
  }

  /** `connected` while tags are listened for. */
  get link(): 'connected' | 'absent' {
    return this.#scanning === undefined ? 'absent' : 'connected';
  }

  subscribe(listener: () => void): () => void {
    this.#links.add(listener);
    return () => this.#links.delete(listener);
  }

  onTag(listener: (tag: Tag) => void): () => void {
    this.#tags.add(listener);
    return () => this.#tags.delete(listener);
  }

  /**
   * Listens for tags until `stop`. The first time it asks the person: call it from a click. Rejects with DeviceError
   * `no-access` (refused, or NFC is off) or `unsupported` (no NFC in this phone). A second call does nothing.
   */
  async start(): Promise<void> {
    if (this.#scanning !== undefined) return;
    const scanning = new AbortController();
    this.#scanning = scanning;
    try {
      const reader = this.#options.makeReader();
      reader.addEventListener('reading', (happening: Event & Partial<Reading>) => {
        const { serialNumber = '', message } = happening;
        if (!scanning.signal.aborted) this.#read(serialNumber, message?.records ?? []);
      });
      reader.addEventListener('readingerror', () => {
        if (!scanning.signal.aborted) this.#options.onUnreadable?.();
      });
      await reader.scan({ signal: scanning.signal });
    } catch (cause) {
      if (this.#scanning === scanning) this.#scanning = undefined;
      if (scanning.signal.aborted) return;
      throw failureOf(cause, 'listening for tags');
    }
    if (!scanning.signal.aborted) this.#tellLinks();
  }

  stop(): void {
    this.#scanning?.abort();
    if (this.#scanning === undefined) return;
    this.#scanning = undefined;
    this.#tellLinks();
  }

  /**
   * Writes on the next tag that is held to the phone, and waits for it until `signal` ends the wait. A tag with something on it
   * is refused unless `overwrite` is set. Rejects with DeviceError: `refused` (not empty, or locked), `lost` (taken away in
   * the middle: hold it again), `no-access`, `unsupported`, `busy`.
   */
  async write(
    content: readonly TagContent[],
    options: { readonly overwrite: boolean; readonly signal: AbortSignal },
  ): Promise<'written' | 'cancelled'> {
    const { overwrite, signal } = options;
    if (signal.aborted) return 'cancelled';
    try {
      await this.#options.makeReader().write({ records: [...content] }, { overwrite, signal });
      return 'written';
    } catch (cause) {
      if (signal.aborted) return 'cancelled';
      // While tags are listened for, permission is there: it is the tag that does not allow it.
      const isTag = this.#scanning !== undefined && nameOf(cause) === 'NotAllowedError';
      if (isTag) throw new DeviceError('refused', 'the tag does not take it', { cause });
      throw failureOf(cause, 'writing a tag');
    }
  }

  #read(serialNumber: string, records: readonly TagRecord[]): void {
    const uid = serialNumber.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
    const ndef = ndefHex(records);
    if (uid === '' && ndef === undefined) return;
    for (const listener of [...this.#tags]) listener({ uid, ...(ndef === undefined ? {} : { ndef }) });
  }

  #tellLinks(): void {
    for (const listener of [...this.#links]) listener();
  }
}

const nameOf = (cause: unknown): string =>
  cause instanceof Error || cause instanceof DOMException ? cause.name : '';

const failureOf = (cause: unknown, doing: string): DeviceError =>
  new DeviceError(MEANING[nameOf(cause)] ?? 'protocol', `${doing}: ${nameOf(cause) || 'failed'}`, { cause });
