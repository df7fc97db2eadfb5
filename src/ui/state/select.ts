import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Store } from '../../flow/store.ts';

/** Re-renders its host when the selected part of a store changes, and only then. */
export class Select<T, S> implements ReactiveController {
  value: S;
  readonly #host: ReactiveControllerHost;
  readonly #store: Store<T>;
  readonly #pick: (state: T) => S;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, store: Store<T>, pick: (state: T) => S) {
    this.#host = host;
    this.#store = store;
    this.#pick = pick;
    this.value = pick(store.value);
    host.addController(this);
  }

  hostConnected(): void {
    this.#refresh(); // Catches what changed while the host was detached.
    this.#stop = this.#store.subscribe(() => this.#refresh());
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  #refresh(): void {
    const next = this.#pick(this.#store.value);
    if (Object.is(next, this.value)) return;
    this.value = next;
    this.#host.requestUpdate();
  }
}
