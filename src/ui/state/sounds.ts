/** Gain of every sound: heard over a counter, below a voice. */
const LOUDNESS = 0.12;

/** Key click, the beep of a scan, and the two notes of a paid sale, made on the spot: no files to fetch. Silent where the browser refuses. */
export class Sounds {
  #context: AudioContext | undefined;

  click(): void {
    this.#note({ hz: 1_900, startS: 0, lengthS: 0.018 });
  }

  /** High for a code, low for one that must be scanned again. */
  scan(isClear: boolean): void {
    this.#note(isClear ? { hz: 2_400, startS: 0, lengthS: 0.07 } : { hz: 220, startS: 0, lengthS: 0.25 });
  }

  paid(): void {
    this.#note({ hz: 880, startS: 0, lengthS: 0.12 });
    this.#note({ hz: 1_320, startS: 0.12, lengthS: 0.22 });
  }

  #note({
    hz,
    startS,
    lengthS,
  }: {
    readonly hz: number;
    readonly startS: number;
    readonly lengthS: number;
  }): void {
    // Made at the first sound, which follows a touch: browsers keep a context silent that was made before one.
    this.#context ??= new AudioContext({ latencyHint: 'interactive' });
    const { currentTime, destination } = this.#context;
    const tone = new OscillatorNode(this.#context, { frequency: hz, type: 'triangle' });
    const gain = new GainNode(this.#context, { gain: LOUDNESS });
    const end = currentTime + startS + lengthS;
    gain.gain.setValueAtTime(LOUDNESS, currentTime + startS);
    gain.gain.exponentialRampToValueAtTime(0.001, end);
    tone.connect(gain).connect(destination);
    tone.start(currentTime + startS);
    tone.stop(end);
  }
}
