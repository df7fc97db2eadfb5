import type { DeviceSession } from '../driver.ts';
import type { Scale, WeightReading } from '../ports.ts';
import { Forwarded } from './forwarded.ts';
import type { KeptLink } from './kept-link.ts';

/** A scale on one open link. */
export interface ScaleSession extends DeviceSession, Omit<Scale, 'link' | 'subscribe'> {}

const UNKNOWN: WeightReading = { state: 'unknown' };

/** The till's scale as flows see it: there from the start, whether or not one is plugged in. */
export class KeptScale<Settings> implements Scale {
  readonly kept: KeptLink<ScaleSession, Settings>;
  readonly #readings: Forwarded<ScaleSession, WeightReading>;

  constructor(kept: KeptLink<ScaleSession, Settings>) {
    this.kept = kept;
    this.#readings = new Forwarded(kept, (session, tell) => {
      const stop = session.onReading(tell);
      return () => {
        stop();
        tell(UNKNOWN); // A weight from before the cable was pulled is nobody's weight.
      };
    });
  }

  get link(): 'connected' | 'absent' {
    return this.kept.session === undefined ? 'absent' : 'connected';
  }

  get reading(): WeightReading {
    return this.kept.session?.reading ?? UNKNOWN;
  }

  subscribe(listener: () => void): () => void {
    return this.kept.subscribe(listener);
  }

  onReading(listener: (reading: WeightReading) => void): () => void {
    return this.#readings.subscribe(listener);
  }

  async request(): Promise<WeightReading> {
    return this.kept.session?.request() ?? UNKNOWN;
  }

  async zero(): Promise<boolean> {
    return this.kept.session?.zero() ?? false;
  }

  async tare(): Promise<boolean> {
    return this.kept.session?.tare() ?? false;
  }
}
