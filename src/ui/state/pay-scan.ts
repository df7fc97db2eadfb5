import type { ReactiveControllerHost } from 'lit';
import type { ScanHeard } from '../../flow/counter-devices.ts';
import type { Services } from '../../flow/services.ts';
import type { Key } from '../../i18n/catalogue.ts';
import { ScanCatcher } from './scan-catcher.ts';

/** Scanning to be paid: a code goes to the checkout, whatever was half a code or a card is told, and the camera is a scanner too. */
export class PayScan {
  readonly #host: ReactiveControllerHost & EventTarget;
  readonly #services: () => Services;
  #again: Key | undefined;
  #isLooking = false;

  constructor(host: ReactiveControllerHost & EventTarget, services: () => Services) {
    this.#host = host;
    this.#services = services;
    new ScanCatcher(
      host,
      () => services().counter,
      (heard) => this.#scanned(heard),
    );
  }

  /** Why the last scan must be made again. */
  get again(): Key | undefined {
    return this.#again;
  }

  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** Something else was done since. */
  forget(): void {
    this.#again = undefined;
    this.#host.requestUpdate();
  }

  readonly look = (): void => {
    this.#show(true);
    // Only who has no scanner needs it.
    void import('../pages/part-camera.ts');
  };

  readonly close = (): void => this.#show(false);

  #show(isLooking: boolean): void {
    this.#isLooking = isLooking;
    this.#host.requestUpdate();
  }

  #scanned(heard: ScanHeard): void {
    const { checkout } = this.#services();
    if (checkout.state.value.at !== 'tendering') return;
    this.forget();
    if (heard.kind !== 'code') {
      this.#again = heard.kind === 'card' ? 'tender.scan-card' : 'tender.scan-again';
      return;
    }
    this.#isLooking = false;
    // The first keys of a slow scanner went into the figure.
    if (heard.leaked) void checkout.send({ type: 'clear' });
    void checkout.send({ type: 'scanned', text: heard.text });
  }
}
