import { ContinuousDecoder } from '../../codecs/scale/continuous.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ScaleSession } from '../../kept/kept-scale.ts';
import type { WeightReading } from '../../ports.ts';
import type { Timers } from '../../timers.ts';
import type { Link, Transport } from '../../transports/transport.ts';
import { Readings } from './readings.ts';

export interface ScaleSettings {
  readonly timers: Timers;
}

/** The slowest of these scales speak twice a second; whoever asks waits no longer than this, ms. */
const NEXT_MS = 1_500;

/** Scales that tell their weight all the time and obey nothing. */
export const continuousScaleDriver: Driver<ScaleSession, ScaleSettings, Link> = {
  id: 'scale-continuous',
  connect: (link, settings) => {
    if (link.framing === 'report') throw new DeviceError('unsupported', 'a serial scale speaks in bytes');
    return new ContinuousScaleSession(link, settings);
  },
};

class ContinuousScaleSession implements ScaleSession {
  readonly lost: Promise<void>;
  readonly #link: Transport;
  readonly #timers: Timers;
  readonly #readings: Readings;
  readonly #waiting = new Set<(reading: WeightReading) => void>();

  constructor(link: Transport, { timers }: ScaleSettings) {
    this.#link = link;
    this.#timers = timers;
    this.#readings = new Readings(timers);
    this.lost = link.lost.then(() => this.#end());
    void this.#listen();
  }

  get reading(): WeightReading {
    return this.#readings.reading;
  }

  onReading(listener: (reading: WeightReading) => void): () => void {
    return this.#readings.subscribe(listener);
  }

  request(): Promise<WeightReading> {
    return new Promise((resolve) => {
      const done = (reading: WeightReading): void => {
        cancel();
        this.#waiting.delete(done);
        resolve(reading);
      };
      const cancel = this.#timers.after(NEXT_MS, () => done({ state: 'unknown' }));
      this.#waiting.add(done);
    });
  }

  async zero(): Promise<boolean> {
    return false;
  }

  async tare(): Promise<boolean> {
    return false;
  }

  async close(): Promise<void> {
    this.#end();
    await this.#link.close();
  }

  #end(): void {
    this.#readings.end();
    for (const done of [...this.#waiting]) done({ state: 'unknown' });
  }

  async #listen(): Promise<void> {
    const incoming = this.#link.incoming.getReader();
    const decoder = new ContinuousDecoder();
    for (;;) {
      const { value } = await incoming.read().catch(() => ({ value: undefined }));
      if (value === undefined) return;
      for (const reading of decoder.push(value)) {
        this.#readings.take(reading);
        for (const done of [...this.#waiting]) done(reading);
      }
    }
  }
}
