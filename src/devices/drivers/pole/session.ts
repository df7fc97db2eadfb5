import type { DisplayContent } from '../../../domain/display.ts';
import { encodeCd5220 } from '../../codecs/cd5220/encode.ts';
import type { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import { encodePole } from '../../codecs/pole/encode.ts';
import type { PoleSession } from '../../kept/kept-display.ts';
import type { Bytes, Transport } from '../../transports/transport.ts';
import { type PoleWords, poleLines, poleNumber } from './lines.ts';
import type { PoleProfile } from './profile.ts';

/** What the outside gives to a pole. */
export interface PoleSettings {
  /** In the shop's language, for poles whose font has it. */
  readonly words: () => PoleWords;
  /** The same in ASCII, for all others. */
  readonly plainWords: PoleWords;
}

const ASCII = /^[\x20-\x7e]*$/;

/** Writes to a pole. Poles never answer: what is known is that the bytes have left. */
export class SerialPoleSession implements PoleSession {
  readonly lost: Promise<void>;
  readonly #transport: Transport;
  readonly #profile: PoleProfile;
  readonly #settings: PoleSettings;
  readonly #gb18030: Gb18030;
  #isWriting = false;
  #hasBegun = false;
  #next: DisplayContent | undefined;

  constructor(
    transport: Transport,
    parts: { readonly profile: PoleProfile; readonly settings: PoleSettings; readonly gb18030: Gb18030 },
  ) {
    this.#transport = transport;
    this.#profile = parts.profile;
    this.#settings = parts.settings;
    this.#gb18030 = parts.gb18030;
    this.lost = transport.lost;
    this.#drain();
    this.show({ show: 'idle' });
  }

  show(content: DisplayContent): void {
    this.#next = content;
    if (!this.#isWriting) void this.#write();
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    for (let content = this.#next; content !== undefined; content = this.#next) {
      this.#next = undefined;
      // A link that breaks here is reported by `lost`; the one after it is told everything anew.
      await this.#transport.write(this.#bytes(content)).catch(() => undefined);
    }
    this.#isWriting = false;
  }

  /** A pole that does talk, though it should not, must not fill the pipe. */
  #drain(): void {
    this.#transport.incoming.pipeTo(new WritableStream()).catch(() => undefined);
  }

  #bytes(content: DisplayContent): Bytes {
    const { family } = this.#profile;
    if (family === 'led8') return this.#numberBytes(content);
    // Once: it makes the display flicker.
    const begin = this.#hasBegun ? [] : [{ op: 'initialise' as const }];
    this.#hasBegun = true;
    const canShow = (text: string) =>
      this.#profile.hasChinese ? this.#gb18030.canEncode(text) : ASCII.test(text);
    const own = this.#settings.words();
    const words = Object.values(own).every(canShow) ? own : this.#settings.plainWords;
    const { upper, lower } = poleLines(content, words, canShow);
    if (family === 'cd5220') {
      return encodeCd5220(
        [...begin, { op: 'line', row: 'upper', text: upper }, { op: 'line', row: 'lower', text: lower }],
        this.#gb18030,
      );
    }
    return encodePole(
      [
        ...begin,
        { op: 'kanji', on: this.#profile.hasChinese },
        { op: 'cursor-shown', on: false },
        { op: 'cursor', column: 1, row: 1 },
        { op: 'text', text: upper },
        { op: 'cursor', column: 1, row: 2 },
        { op: 'text', text: lower },
      ],
      this.#gb18030,
    );
  }

  #numberBytes(content: DisplayContent): Bytes {
    const shown = poleNumber(content);
    if (shown === undefined)
      return encodeCd5220([{ op: 'clear' }, { op: 'lamp', lamp: 'off' }], this.#gb18030);
    return encodeCd5220(
      [
        { op: 'line', row: 'upper', text: shown.number },
        { op: 'lamp', lamp: shown.lamp },
      ],
      this.#gb18030,
    );
  }
}
