import { LitElement } from 'lit';
import type { Store } from '../../flow/store.ts';
import { Select } from './select.ts';

/** What fills the screen: it renders again when a store changes, and takes the reader's place when it comes. */
export abstract class Sheet extends LitElement {
  readonly #followed = new Set<unknown>();

  /** The store's value now; every change of it renders this sheet again. */
  protected follow<T>(store: Store<T>): T {
    if (!this.#followed.has(store)) {
      this.#followed.add(store);
      new Select(this, store, (state) => state);
    }
    return store.value;
  }

  /** Moves the reader's place to the top, after a change of what is shown. */
  focusHeading(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }
}
