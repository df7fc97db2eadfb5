import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CounterDevices, ScanHeard } from '../../flow/counter-devices.ts';

/** Takes what the counter's scanners read while its page is shown, whatever they are plugged into and wherever the focus is. */
export class ScanCatcher implements ReactiveController {
  readonly #counter: () => CounterDevices;
  readonly #take: (heard: ScanHeard) => void;
  #stop: () => void = () => undefined;

  constructor(
    host: ReactiveControllerHost & EventTarget,
    counter: () => CounterDevices,
    take: (heard: ScanHeard) => void,
  ) {
    this.#counter = counter;
    this.#take = (heard) => {
      const isClear = heard.kind === 'code';
      host.dispatchEvent(new CustomEvent('pos-scan', { detail: { isClear }, bubbles: true, composed: true }));
      take(heard);
    };
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = this.#counter().onScan(this.#take);
  }

  hostDisconnected(): void {
    this.#stop();
  }
}

declare global {
  interface HTMLElementEventMap {
    'pos-scan': CustomEvent<{ readonly isClear: boolean }>;
  }
}
