import { Inbox } from '../../inbox.ts';
import type { ScaleSession } from '../../kept/kept-scale.ts';
import type { WeightReading } from '../../ports.ts';
import type { Timers } from '../../timers.ts';
import type { Transport } from '../../transports/transport.ts';
import { Readings } from './readings.ts';

/** How often the plate is looked at while somebody watches, ms: as often as a display changes. */
const LOOK_EVERY_MS = 250;
/** How long a scale may take to answer, ms. A frame takes 20 ms at 9600. */
export const ANSWER_MS = 500;

/** One question at a time: sends it and waits for what fits; undefined when nothing does in time. */
export type Ask<Event> = (
  question: Uint8Array<ArrayBuffer>,
  fits: (event: Event) => boolean,
) => Promise<Event | undefined>;

/** What differs between scales that answer questions. */
export interface AskedScale<Event> {
  decoder(): { push(bytes: Uint8Array): readonly Event[] };
  /** Undefined: no answer. */
  weigh(ask: Ask<Event>): Promise<WeightReading | undefined>;
  /** Absent: the scale has no such command. */
  press?(key: 'zero' | 'tare', ask: Ask<Event>): Promise<boolean>;
}

/** A scale that says its weight when it is asked: asked for as long as somebody watches. */
export class AskedScaleSession<Event> implements ScaleSession {
  readonly lost: Promise<void>;
  readonly #link: Transport;
  readonly #scale: AskedScale<Event>;
  readonly #timers: Timers;
  readonly #readings: Readings;
  readonly #inbox: Inbox<Event>;
  #tail: Promise<unknown> = Promise.resolve();
  #watchers = 0;
  #stopLooking: () => void = () => undefined;
  #isOver = false;

  constructor(link: Transport, scale: AskedScale<Event>, timers: Timers) {
    this.#link = link;
    this.#scale = scale;
    this.#timers = timers;
    this.#readings = new Readings(timers);
    this.#inbox = new Inbox(timers);
    this.lost = link.lost.then(() => this.#end());
    void this.#listen();
  }

  get reading(): WeightReading {
    return this.#readings.reading;
  }

  onReading(listener: (reading: WeightReading) => void): () => void {
    const stop = this.#readings.subscribe(listener);
    this.#watchers += 1;
    if (this.#watchers === 1) this.#look();
    return () => {
      stop();
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#stopLooking();
    };
  }

  request(): Promise<WeightReading> {
    return this.#inTurn(async () => {
      const reading = await this.#scale.weigh(this.#ask);
      if (reading === undefined) return { state: 'unknown' };
      this.#readings.take(reading);
      return reading;
    });
  }

  zero(): Promise<boolean> {
    return this.#press('zero');
  }

  tare(): Promise<boolean> {
    return this.#press('tare');
  }

  async close(): Promise<void> {
    this.#end();
    await this.#link.close();
  }

  async #press(key: 'zero' | 'tare'): Promise<boolean> {
    const { press } = this.#scale;
    return press === undefined ? false : this.#inTurn(() => press(key, this.#ask));
  }

  #look(): void {
    void this.request().then(() => {
      if (this.#watchers === 0 || this.#isOver) return;
      this.#stopLooking = this.#timers.after(LOOK_EVERY_MS, () => this.#look());
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(work);
    this.#tail = turn;
    return turn;
  }

  /** What was said before the question is no answer to it. A scale that is gone answers nothing. */
  readonly #ask: Ask<Event> = async (question, fits) => {
    if (this.#isOver) return undefined;
    this.#inbox.clear();
    const sent = this.#link.write(question).then(
      () => true,
      () => false,
    );
    const answer = this.#inbox.next(ANSWER_MS, fits);
    const event = await answer;
    if (event === 'timeout' || event === 'lost' || event === 'stopped' || !(await sent)) return undefined;
    return event;
  };

  #end(): void {
    this.#isOver = true;
    this.#stopLooking();
    this.#inbox.close();
    this.#readings.end();
  }

  async #listen(): Promise<void> {
    const incoming = this.#link.incoming.getReader();
    const decoder = this.#scale.decoder();
    for (;;) {
      const { value } = await incoming.read().catch(() => ({ value: undefined }));
      if (value === undefined) return;
      for (const event of decoder.push(value)) this.#inbox.put(event);
    }
  }
}
