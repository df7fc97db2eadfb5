import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Longer than the second tap of a double tap (Android's own limit is 300 ms) with room for a slow hand, shorter than
 * anybody needs to read the amount.
 */
export const ARM_MS = 500;

/**
 * The next step's button appears exactly where the last one was, so that a hand learns one place. It takes nothing until
 * it is armed: the second half of a double tap must not confirm what nobody has read.
 */
export class Armed implements ReactiveController {
  now = false;
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.rest();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Disarms, and arms again after the rest: for a page that changes its meaning while it stays. */
  rest(): void {
    clearTimeout(this.#timer);
    this.now = false;
    this.#timer = setTimeout(() => {
      this.now = true;
      this.#host.requestUpdate();
    }, ARM_MS);
  }
}
