import { DeviceError } from '../errors.ts';
import type {
  CardFinal,
  CardPresented,
  CardRequest,
  HostResult,
  ReaderEntry,
  ReaderPrompt,
} from '../ports.ts';
import type { Timers } from '../timers.ts';
import type { Effect, ReaderEvent, TillEvent } from './events.ts';
import { type DialogueState, IDLE, step } from './step.ts';

/** What a reader family does when it is told. Rejects with DeviceError when the reader refuses or does not answer. */
export interface ReaderCommands {
  /** Ways into this reader. */
  readonly entries: readonly ReaderEntry[];
  /** Ends whatever runs in the reader and waits for a card by these entries. Resolves when the reader has taken it. */
  ask(request: CardRequest, entries: readonly ReaderEntry[]): Promise<void>;
  /** Gives up. That it ended is told by an event, or by a rejection when there was nothing to give up. */
  stop(): Promise<void>;
  /** Hands the host's word to the card. Its end is told by an event. */
  answer(result: HostResult): Promise<void>;
}

/** One reader's dialogue on one link. No method rejects. */
export class CardDialogue {
  readonly #commands: ReaderCommands;
  readonly #timers: Timers;
  #state: DialogueState = IDLE;
  #request: CardRequest | undefined;
  #prompt: (prompt: ReaderPrompt) => void = () => undefined;
  #presented: (outcome: CardPresented) => void = () => undefined;
  #final: (final: CardFinal) => void = () => undefined;
  #stopWaiting: () => void = () => undefined;
  #isLost = false;
  #turn = 0;

  constructor(commands: ReaderCommands, timers: Timers) {
    this.#commands = commands;
    this.#timers = timers;
  }

  /** True while a card may be inside or on its way. */
  get isBusy(): boolean {
    return this.#state.at !== 'idle';
  }

  start(
    request: CardRequest,
    prompt: (prompt: ReaderPrompt) => void,
    signal: AbortSignal,
  ): Promise<CardPresented> {
    if (this.#isLost) return Promise.resolve({ kind: 'failed', reason: 'lost' });
    if (this.isBusy) return Promise.resolve({ kind: 'failed', reason: 'busy' });
    if (signal.aborted) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((resolve) => {
      const abort = (): void => this.#take({ type: 'abort' });
      this.#request = request;
      this.#prompt = prompt;
      this.#presented = (outcome) => {
        signal.removeEventListener('abort', abort);
        resolve(outcome);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#take({ type: 'start', request, entries: this.#commands.entries });
    });
  }

  resume(result: HostResult, prompt: (prompt: ReaderPrompt) => void): Promise<CardFinal> {
    if (this.#isLost) return Promise.resolve({ kind: 'refused', reason: 'lost' });
    if (this.#state.at !== 'host') return Promise.resolve({ kind: 'refused', reason: 'no-card' });
    return new Promise((resolve) => {
      this.#prompt = prompt;
      this.#final = resolve;
      this.#take({ type: 'resume', result });
    });
  }

  /** The reader holds a card from before the link was lost: what `resume` is for now. */
  adopt(entry: 'chip'): void {
    if (!this.isBusy && !this.#isLost) this.#state = { at: 'host', inside: true, entry };
  }

  tell(event: ReaderEvent): void {
    this.#take(event);
  }

  lost(): void {
    this.#isLost = true;
    this.#take({ type: 'lost' });
  }

  #take(event: ReaderEvent | TillEvent): void {
    const [next, effects] = step(this.#state, event);
    this.#state = next;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'ask':
        return this.#run(this.#request && this.#commands.ask(this.#request, effect.entries));
      case 'stop':
        return this.#run(this.#commands.stop());
      case 'answer':
        return this.#run(this.#commands.answer(effect.result));
      case 'prompt':
        return this.#prompt(effect.prompt);
      case 'presented':
        return this.#presented(effect.outcome);
      case 'final':
        return this.#final(effect.final);
      case 'wait':
        this.#stopWaiting();
        this.#stopWaiting = this.#timers.after(effect.ms, () => this.#take({ type: 'time-over' }));
        return undefined;
      case 'no-wait':
        return this.#stopWaiting();
      default:
        return effect satisfies never;
    }
  }

  /** A command that fails ends the reader's dialogue, unless another was given meanwhile. */
  #run(work: Promise<void> | undefined): void {
    this.#turn += 1;
    const turn = this.#turn;
    work?.catch((cause: unknown) => {
      const reason = cause instanceof DeviceError ? cause.code : 'protocol';
      if (turn === this.#turn) this.#take({ type: 'ended', reason });
    });
  }
}
