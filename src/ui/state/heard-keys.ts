import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Sound } from '../../flow/sound-service.ts';

/** Makes keys and scans heard. How a payment ended is not heard from here, but from what was written down. */
export class HeardKeys implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #key: () => void;
  readonly #scan: (event: HTMLElementEventMap['pos-scan']) => void;

  constructor(host: ReactiveControllerHost & HTMLElement, sound: () => Sound) {
    this.#host = host;
    this.#key = () => sound().play('key');
    this.#scan = ({ detail }) => sound().play(detail.isClear ? 'scan' : 'scan-unclear');
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('pos-key', this.#key);
    this.#host.addEventListener('pos-scan', this.#scan);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('pos-key', this.#key);
    this.#host.removeEventListener('pos-scan', this.#scan);
  }
}
