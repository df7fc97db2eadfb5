import { attachWedge } from '../devices/inputs/wedge/wedge.ts';
import type { DeviceTrouble } from '../devices/ports.ts';
import { systemTimers } from '../devices/timers.ts';
import type { DeviceView, ScanHeard } from '../flow/counter-devices.ts';
import { systemClock } from './system.ts';

/** How a stripe reader types that was set to be a keyboard: nobody may read that, and nobody keeps it. */
const TRACK = /[%;+][A-Z]?\d{8,19}[\^=]/i;

/** Everything that reads codes on this counter, as one: scanners on a cable, scanners that type, and the camera. */
export class CounterScans {
  readonly #listeners = new Set<(heard: ScanHeard) => void>();
  readonly #changed: () => void;
  #stopKeys: () => void = () => undefined;
  /** When a scanner that types was heard last. What it read is not kept: it may have been somebody's pay code. */
  #typedMs: number | undefined;

  /** `changed`: a scanner that types has been heard. Nobody can tell that there is one before it scans. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  listen(listener: (heard: ScanHeard) => void): () => void {
    this.#listeners.add(listener);
    this.#watchKeys();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopKeys();
    };
  }

  /** A code from a scanner that types no keys. */
  scanned(text: string): void {
    this.#tell({ kind: 'code', text, leaked: false });
  }

  /** The scanner that types, if one was heard since the page was opened. */
  get typing(): DeviceView | undefined {
    if (this.#typedMs === undefined) return undefined;
    return {
      place: 'scanner',
      link: 'connected',
      driver: 'wedge',
      name: '',
      lastSeenMs: this.#typedMs,
      simulated: false,
    };
  }

  forgetTyping(): void {
    this.#typedMs = undefined;
    this.#changed();
  }

  camera(video: HTMLVideoElement, ended: (trouble: DeviceTrouble) => void): () => void {
    const stopping = new AbortController();
    const { signal } = stopping;
    const onCode = (text: string): void => this.scanned(text);
    // The camera and its reader are loaded only by who has no scanner.
    import('./camera-scan.ts').then(
      ({ scanByCamera }) => scanByCamera({ video, signal, onCode, onEnd: ended }),
      () => signal.aborted || ended('unsupported'),
    );
    return () => stopping.abort();
  }

  /** Somebody's hand types more slowly than any scanner: keys are held back only where a code is wanted. */
  #watchKeys(): void {
    if (this.#listeners.size > 1) return;
    const end = attachWedge({
      target: window,
      timers: systemTimers,
      onScan: (text, leaked) => {
        this.#typedMs = systemClock.now();
        this.#tell({ kind: 'code', text, leaked: leaked !== '' });
        this.#changed();
      },
      onUnclear: () => this.#tell({ kind: 'unclear' }),
    });
    this.#stopKeys = () => {
      end();
      this.#stopKeys = () => undefined;
    };
  }

  #tell(told: ScanHeard): void {
    const heard: ScanHeard = told.kind === 'code' && TRACK.test(told.text) ? { kind: 'card' } : told;
    for (const listener of [...this.#listeners]) listener(heard);
  }
}
