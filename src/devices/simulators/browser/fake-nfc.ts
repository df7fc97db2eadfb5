import type { TagRecord } from '../../inputs/nfc/ndef.ts';
import type { NdefReader, Reading, TagContent } from '../../inputs/nfc/nfc-tags.ts';

/** A tag as it lies in a hand. */
export interface SimulatedTag {
  /** As Web NFC tells it: lower-case hex with colons. */
  readonly serialNumber: string;
  records: TagRecord[];
  /** It can be read and not be written any more. */
  readonly isLocked?: boolean;
  /** No NDEF on it: a bank card, a door key. */
  readonly isForeign?: boolean;
}

const failure = (name: string) => new DOMException('simulated', name);

/** Stands in for a phone's NFC: `makeReader` gives what `new NDEFReader()` would, `tap` holds a tag to the phone. */
export class FakeNfc {
  permission: 'granted' | 'denied' = 'granted';
  /** The switch in the system's settings. */
  isOn = true;
  /** Fault: the next tag is taken away while it is written. */
  isTakenAway = false;
  /** Readers that scan. */
  readonly #heard = new Set<EventTarget>();
  readonly #writers = new Set<(tag: SimulatedTag) => void>();

  readonly makeReader = (): NdefReader => {
    const heard = new EventTarget();
    return {
      scan: async ({ signal }) => {
        this.#mustBeAllowed(signal);
        this.#heard.add(heard);
        signal.addEventListener('abort', () => this.#heard.delete(heard));
      },
      write: async ({ records }, { overwrite, signal }) => {
        this.#mustBeAllowed(signal);
        await this.#write(records, overwrite, signal);
      },
      addEventListener: (type, listener) => heard.addEventListener(type, listener),
    };
  };

  /** Holds a tag to the phone for a moment. A waiting write comes first, as in the browser. */
  tap(tag: SimulatedTag): void {
    if (!this.isOn) return;
    const [writer] = this.#writers;
    if (writer !== undefined) return writer(tag);
    const { serialNumber, records } = tag;
    const reading: Reading = { serialNumber, message: { records } };
    for (const target of [...this.#heard]) {
      const happening = new Event(tag.isForeign ? 'readingerror' : 'reading');
      target.dispatchEvent(tag.isForeign ? happening : Object.assign(happening, reading));
    }
  }

  #mustBeAllowed(signal: AbortSignal): void {
    if (signal.aborted) throw failure('AbortError');
    if (this.permission === 'denied') throw failure('NotAllowedError');
    if (!this.isOn) throw failure('NotReadableError');
  }

  #write(contents: readonly TagContent[], overwrite: boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (name?: string) => {
        this.#writers.delete(writer);
        if (name === undefined) resolve();
        else reject(failure(name));
      };
      const writer = (tag: SimulatedTag) => {
        if (tag.isForeign) return done('NotSupportedError');
        if (tag.isLocked || (!overwrite && tag.records.length > 0)) return done('NotAllowedError');
        if (this.isTakenAway) return done('NetworkError');
        tag.records = contents.map((each) => ({
          recordType: each.recordType,
          ...(each.recordType === 'text' ? { lang: each.lang, encoding: 'utf-8' } : {}),
          data: new DataView(new TextEncoder().encode(each.data).buffer),
        }));
        done();
      };
      this.#writers.add(writer);
      signal.addEventListener('abort', () => done('AbortError'));
    });
  }
}
