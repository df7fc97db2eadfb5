import type { Language } from '../domain/shop.ts';
import type { Cue } from '../flow/sound/heard.ts';
import type { Loudspeaker, Voice } from '../flow/sound/sound-runner.ts';

interface Note {
  readonly hz: number;
  readonly startS: number;
  readonly lengthS: number;
  readonly type?: OscillatorType;
}

/** Every sound as notes: nothing is fetched. Good ends rise, bad ends fall, and not knowing stays where it is, three times. */
const NOTES: Readonly<Record<Cue, readonly Note[]>> = {
  key: [{ hz: 1_900, startS: 0, lengthS: 0.018 }],
  scan: [{ hz: 2_400, startS: 0, lengthS: 0.07 }],
  'scan-unclear': [{ hz: 220, startS: 0, lengthS: 0.25 }],
  done: [
    { hz: 880, startS: 0, lengthS: 0.12 },
    { hz: 1_320, startS: 0.12, lengthS: 0.22 },
  ],
  noted: [{ hz: 880, startS: 0, lengthS: 0.18 }],
  declined: [
    { hz: 440, startS: 0, lengthS: 0.18, type: 'square' },
    { hz: 294, startS: 0.2, lengthS: 0.34, type: 'square' },
  ],
  unknown: [
    { hz: 660, startS: 0, lengthS: 0.14, type: 'square' },
    { hz: 660, startS: 0.24, lengthS: 0.14, type: 'square' },
    { hz: 660, startS: 0.48, lengthS: 0.14, type: 'square' },
  ],
};

/** Two frames, ms: by then what was pressed is on the screen. */
const FIRST_SOUND_MS = 34;
const afterPaint = (work: () => void): void => void setTimeout(work, FIRST_SOUND_MS);

/**
 * The browser's synthesiser. `context` is made at the first sound, which follows a touch: one made before stays silent. Making it
 * takes as long as a slow key, so the first sound is heard two frames late (`later`), and its key is seen at once.
 */
export class AudioLoudspeaker implements Loudspeaker {
  readonly #makeContext: () => AudioContext;
  readonly #later: (work: () => void) => void;
  #context: AudioContext | 'being-made' | undefined;

  constructor(
    makeContext = (): AudioContext => new AudioContext({ latencyHint: 'interactive' }),
    later = afterPaint,
  ) {
    this.#makeContext = makeContext;
    this.#later = later;
  }

  /** What is wanted while the synthesiser is being made is not heard late. */
  play(cue: Cue, gain: number): void {
    if (this.#context === 'being-made') return;
    if (this.#context !== undefined) return this.#sound(this.#context, cue, gain);
    this.#context = 'being-made';
    this.#later(() => {
      try {
        const context = this.#makeContext();
        this.#context = context;
        this.#sound(context, cue, gain);
      } catch {
        // No loudspeaker, or the browser keeps it: the screen says the same. Asked for again at the next sound.
        this.#context = undefined;
      }
    });
  }

  #sound(context: AudioContext, cue: Cue, gain: number): void {
    try {
      // A device that slept, or a call that came in, leaves it suspended.
      if (context.state === 'suspended') void context.resume().catch(() => undefined);
      for (const note of NOTES[cue]) this.#note(context, note, gain);
    } catch {
      // As above.
    }
  }

  #note(context: AudioContext, { hz, startS, lengthS, type = 'triangle' }: Note, gain: number): void {
    const start = context.currentTime + startS;
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.type = type;
    tone.frequency.value = hz;
    loudness.gain.setValueAtTime(gain, start);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + lengthS);
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + lengthS);
  }
}

/** Longest ms that one sentence may take: some engines never say that they have ended. */
const SENTENCE_MS_MAX = 8_000;

/** The device's own voices. One that speaks over the network is not used: an amount is nobody else's business. */
export class DeviceVoice implements Voice {
  readonly #synthesis: SpeechSynthesis | undefined;

  constructor(synthesis: SpeechSynthesis | undefined) {
    this.#synthesis = synthesis;
  }

  has(language: Language): boolean {
    return this.#find(language) !== undefined;
  }

  subscribe(listener: () => void): void {
    this.#synthesis?.addEventListener('voiceschanged', listener);
  }

  say(text: string, language: Language, gain: number): Promise<void> {
    const voice = this.#find(language);
    const synthesis = this.#synthesis;
    if (voice === undefined || synthesis === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const sentence = new SpeechSynthesisUtterance(text);
      const timer = setTimeout(() => {
        synthesis.cancel();
        resolve();
      }, SENTENCE_MS_MAX);
      const end = (): void => {
        clearTimeout(timer);
        resolve();
      };
      sentence.voice = voice;
      sentence.lang = voice.lang;
      sentence.volume = gain;
      sentence.onend = end;
      sentence.onerror = end;
      synthesis.speak(sentence);
    });
  }

  /** The exact language first, then another of its family: a voice of Taiwan is better than none. */
  #find(language: Language): SpeechSynthesisVoice | undefined {
    const own = (this.#synthesis?.getVoices() ?? []).filter((each) => each.localService);
    const lang = (each: SpeechSynthesisVoice): string => each.lang.replace('_', '-').toLowerCase();
    const [family = ''] = language.toLowerCase().split('-');
    return (
      own.find((each) => lang(each) === language.toLowerCase()) ??
      own.find((each) => lang(each).split('-')[0] === family)
    );
  }
}
