import { consume } from '@lit/context';
import { LitElement } from 'lit';
import type { Currency, Minor } from '../../domain/money.ts';
import { DEFAULT_CURRENCY } from '../../domain/money.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Services } from '../../flow/services.ts';
import type { Store } from '../../flow/store.ts';
import type { Key } from '../../i18n/catalogue.ts';
import type { Parameters, Translator } from '../../i18n/translator.ts';
import { servicesContext, translatorContext } from './contexts.ts';
import { Select } from './select.ts';

/** What every page is: it reads services and speaks the language of the moment. Components are not pages. */
export abstract class Page extends LitElement {
  @consume({ context: servicesContext })
  protected services!: Services;

  @consume({ context: translatorContext, subscribe: true })
  protected translator!: Translator;

  readonly #followed = new Set<unknown>();

  /** The store's value now; every change of it renders this page again. */
  protected follow<T>(store: Store<T>): T {
    if (!this.#followed.has(store)) {
      this.#followed.add(store);
      new Select(this, store, (state) => state);
    }
    return store.value;
  }

  protected t(key: Key, parameters?: Parameters): string {
    return this.translator.t(key, parameters);
  }

  protected get shop(): Shop | undefined {
    const session = this.services.session.state.value;
    return 'shop' in session ? session.shop : undefined;
  }

  protected get currency(): Currency {
    return this.shop?.currency ?? DEFAULT_CURRENCY;
  }

  protected money(amount: Minor): string {
    return this.translator.money(amount, this.currency);
  }

  /** Moves the reader's place to the top of this page, after a change of route. */
  focusHeading(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }
}
