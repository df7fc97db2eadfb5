import type { ReactiveController, ReactiveControllerHost } from 'lit';

const TICK_MS = 1_000;

/** Renders its host once a second while something on it counts down. The device's clock, as in the figures of the flows. */
export class Ticker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isCounting: () => boolean;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, isCounting: () => boolean) {
    this.#host = host;
    this.#isCounting = isCounting;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(() => {
      if (this.#isCounting()) this.#host.requestUpdate();
    }, TICK_MS);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  /** Whole seconds until a clock time in ms, never below zero. */
  secondsTo(untilAt: number): number {
    return Math.max(0, Math.ceil((untilAt - Date.now()) / TICK_MS));
  }
}

/** `1:05`. */
export const minutesAndSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
