import type { CardData } from '../../../../src/domain/card-data.ts';
import { type Heard, hostReason } from './answers.ts';
import type { IsoMessage } from './codec.ts';
import { DEFAULTS, type Iso8583Config, type Iso8583Deps, type TerminalConfig } from './config.ts';
import type { Frame } from './frame.ts';
import { Iso8583Error } from './iso8583-error.ts';
import { KeyError } from './keys/key-error.ts';
import { type SealedCard, TerminalKeys } from './keys/terminal-keys.ts';
import { HostLink } from './link.ts';
import { signIn } from './sign-in.ts';
import { type Request, Wire } from './wire.ts';

export interface Refused {
  readonly refused: string;
}

/** A terminal's line to its host: connected and signed in when it has to be. */
export class Line {
  readonly #config: Iso8583Config;
  readonly #deps: Iso8583Deps;
  readonly #terminal: string;
  readonly #keys: TerminalKeys;
  readonly #link: HostLink;
  readonly #wire: Wire;
  #batch: string | undefined;

  /** Throws KeyError for a master key of the wrong size. `stray` gets frames that nobody waited for. */
  constructor(
    config: Iso8583Config,
    terminal: TerminalConfig,
    deps: Iso8583Deps,
    stray: (frame: Frame) => void,
  ) {
    this.#config = config;
    this.#deps = deps;
    this.#terminal = terminal.terminal;
    this.#keys = new TerminalKeys({
      masterKey: Buffer.from(terminal.masterKey, 'hex'),
      mac: config.mac ?? 'x9.19',
      baseKeys: config.readerKeys.map((each) => ({ ...each, key: Buffer.from(each.key, 'hex') })),
    });
    this.#link = new HostLink(config, deps.timer, stray);
    this.#wire = new Wire({
      link: this.#link,
      keys: this.#keys,
      tpdu: config.tpdu ?? DEFAULTS.tpdu,
      header: config.header ?? DEFAULTS.header,
      connectMs: config.connectMs ?? DEFAULTS.connectMs,
      answerMs: config.answerMs ?? DEFAULTS.answerMs,
    });
  }

  /** The open batch, as the last sign-in named it. */
  get batch(): string {
    return this.#batch ?? '';
  }

  get needsSignIn(): boolean {
    return this.#batch === undefined || this.#wire.needsSignIn;
  }

  stop(): void {
    this.#link.stop();
  }

  /** The batch is closed: the next request signs in first. */
  endBatch(): void {
    this.#wire.needsSignIn = true;
  }

  /** Makes a connection and fetches working keys when they are missing. Returns why there are none. */
  async prepare(signal: AbortSignal): Promise<string | undefined> {
    if (signal.aborted) return 'stopped';
    if (this.needsSignIn) {
      const signed = await signIn(
        {
          line: this,
          keys: this.#keys,
          store: this.#deps.store,
          terminal: this.#terminal,
          merchant: this.#config.merchantNumber,
          operator: this.#config.operator ?? DEFAULTS.operator,
        },
        signal,
      );
      if ('refused' in signed) return signed.refused;
      this.#batch = signed.batch;
      this.#wire.needsSignIn = false;
    }
    return (await this.open(signal)) ? undefined : 'host-unreachable';
  }

  open(signal: AbortSignal): Promise<boolean> {
    return this.#wire.open(signal);
  }

  /** Makes a card's data over to the bank's keys. Throws KeyError. */
  seal(card: CardData): SealedCard {
    return this.#keys.seal(card);
  }

  /** The bytes of a request, or undefined for what this rail cannot carry. */
  frame(request: Request): Buffer | undefined {
    try {
      return this.#wire.frame(request);
    } catch (error) {
      if (error instanceof Iso8583Error || error instanceof KeyError) return undefined;
      throw error;
    }
  }

  send(bytes: Uint8Array, request: Request, signal: AbortSignal): Promise<Heard> {
    return this.#wire.send(bytes, request, signal);
  }

  /** What a frame says that came too late to be waited for. */
  read(frame: Frame): Heard {
    return this.#wire.read(frame, true);
  }

  /** Sends a request that has no place in the books; trace, terminal and merchant are added. */
  async ask(given: Request, signal: AbortSignal): Promise<{ readonly message: IsoMessage } | Refused> {
    const trace = await this.#deps.store.nextTrace(this.#terminal);
    const ids = { 11: trace, 41: this.#terminal, 42: this.#config.merchantNumber };
    const request = { ...given, fields: { ...given.fields, ...ids } };
    const bytes = this.frame(request);
    if (bytes === undefined) return { refused: 'not-carried' };
    const heard = await this.send(bytes, request, signal);
    if (heard.kind !== 'answer') return { refused: heard.reason };
    return heard.authentic ? { message: heard.message } : { refused: hostReason(heard.message.fields[39]) };
  }
}
