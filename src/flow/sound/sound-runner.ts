import type { SignedEntry } from '../../domain/entry.ts';
import { minor } from '../../domain/money.ts';
import type { Language } from '../../domain/shop.ts';
import type { Settings } from '../services.ts';
import type { Sound } from '../sound-service.ts';
import { Store } from '../store.ts';
import { type Cue, type Heard, heardOf, type Spoken } from './heard.ts';

/** Loudness of each level, of 1. */
const GAINS = { low: 0.05, middle: 0.14, high: 0.4 } as const;

/** Announcements that may wait for their turn; beyond it the oldest has been overtaken by the counter and is left out. */
const WAITING_MAX = 3;

/** Makes sounds. Never throws, and is silent where the browser refuses. */
export interface Loudspeaker {
  play(cue: Cue, gain: number): void;
}

/** Speaks one sentence after another. */
export interface Voice {
  /** There is a voice on this device that speaks the language. */
  has(language: Language): boolean;
  /** Resolves when it was said, or could not be. `gain` of 1. */
  say(text: string, language: Language, gain: number): Promise<void>;
  /** Calls when the voices of the device have become known, which may be late. */
  subscribe(listener: () => void): void;
}

export interface SoundPorts {
  readonly settings: Store<Settings>;
  readonly loudspeaker: Loudspeaker;
  readonly voice: Voice;
  /** The sentence for an amount, in a language. */
  sentence(spoken: Spoken, language: Language): string;
  alarm(error: unknown): void;
}

/** Plays what is asked for, and what the journal has just written down, as loud as the settings say. */
export class SoundRunner implements Sound {
  readonly hasVoice: Store<boolean>;
  readonly #ports: SoundPorts;
  #waiting: Spoken[] = [];
  #speaking = false;

  constructor(ports: SoundPorts) {
    this.#ports = ports;
    const { settings, voice } = ports;
    const has = (): boolean => voice.has(settings.value.language);
    this.hasVoice = new Store(has());
    voice.subscribe(() => this.hasVoice.set(has()));
    settings.subscribe(() => this.hasVoice.set(has()));
  }

  play(cue: Cue): void {
    const { sound, volume } = this.#ports.settings.value;
    if (sound) this.#ports.loudspeaker.play(cue, GAINS[volume]);
  }

  /** One append of the journal, durable by now. */
  written(entries: readonly SignedEntry[]): void {
    const heard = entries.map(({ entry }): Heard => heardOf(entry));
    // A payment and the sale that it completes are one event at the counter: one sound for both, the last that has one.
    const cue = heard.findLast((each) => each.cue !== undefined)?.cue;
    if (cue !== undefined) this.play(cue);
    for (const { spoken } of heard) if (spoken !== undefined) this.#say(spoken);
  }

  rehearse(): void {
    this.play('done');
    this.#say({ kind: 'received', tender: 'wechat', amount: minor(1_250), currency: 'CNY', play: true });
  }

  #say(spoken: Spoken): void {
    const { sound, voice } = this.#ports.settings.value;
    if (!sound || !voice) return;
    this.#waiting = [...this.#waiting, spoken].slice(-WAITING_MAX);
    if (this.#speaking) return;
    this.#speaking = true;
    this.#speak()
      .catch(this.#ports.alarm)
      .finally(() => {
        this.#speaking = false;
      });
  }

  async #speak(): Promise<void> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const { settings, voice, sentence } = this.#ports;
      const { language, volume, sound, voice: isOn } = settings.value;
      if (!sound || !isOn || !voice.has(language)) continue;
      // Speech is heard less well than a note of the same gain.
      await voice.say(sentence(next, language), language, Math.min(1, GAINS[volume] * 2.5));
    }
  }
}
