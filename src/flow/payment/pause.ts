import type { Clock } from '../../domain/clock.ts';
import type { Timer } from '../ports.ts';
import type { RailLink } from './rail.ts';

export interface PausePorts {
  readonly timer: Timer;
  readonly clock: Clock;
  readonly link: RailLink | undefined;
  /** The pause began, or only waits for the link now. */
  changed(): void;
}

/** The time between two questions, and the wait for the link after it. One at a time: a new one ends the old one unheard. */
export class Pause {
  #current: { readonly stop: AbortController; hurry(): void; nextAt: number | undefined } | undefined;
  readonly #ports: PausePorts;

  constructor(ports: PausePorts) {
    this.#ports = ports;
  }

  get isOn(): boolean {
    return this.#current !== undefined;
  }

  /** Nobody could be asked now: the link is down. */
  get isCutOff(): boolean {
    return this.#current !== undefined && this.#ports.link?.online() === false;
  }

  /** Clock ms of its end; undefined while there is none, or nobody knows. */
  get nextAt(): number | undefined {
    return this.#current?.nextAt;
  }

  /** Resolves to true when the time has come, or somebody hurries it; to false when it was ended. */
  async rest(ms: number): Promise<boolean> {
    this.end();
    const { timer, clock, link, changed } = this.#ports;
    const stop = new AbortController();
    let hurry = (): void => undefined;
    const hurried = new Promise<'hurried'>((resolve) => {
      hurry = () => resolve('hurried');
    });
    const mine = { stop, hurry, nextAt: (clock.now() + ms) as number | undefined };
    this.#current = mine;
    changed();
    const rested = timer.wait(ms, stop.signal).then(
      () => 'rested' as const,
      () => 'ended' as const,
    );
    if (
      (await Promise.race([rested, hurried])) === 'rested' &&
      this.#current === mine &&
      link?.online() === false
    ) {
      mine.nextAt = undefined;
      changed();
      await hurried;
    }
    if (this.#current !== mine) return false;
    this.end();
    return true;
  }

  hurry(): void {
    this.#current?.hurry();
  }

  /** The link is back: who waits for nothing else goes on. Everybody else has a time of his own. */
  linkIsBack(): void {
    if (this.#current?.nextAt === undefined) this.hurry();
  }

  end(): void {
    const current = this.#current;
    this.#current = undefined;
    current?.stop.abort(new DOMException('over', 'AbortError'));
    current?.hurry();
  }
}
