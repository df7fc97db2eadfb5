import { consume } from '@lit/context';
import type { Currency, Minor } from '../../domain/money.ts';
import { DEFAULT_CURRENCY } from '../../domain/money.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Services } from '../../flow/services.ts';
import type { Key } from '../../i18n/catalogue.ts';
import type { Parameters } from '../../i18n/speaker.ts';
import type { Translator } from '../../i18n/translator.ts';
import { servicesContext, translatorContext } from './contexts.ts';
import { Sheet } from './sheet.ts';

/** What every page behind the lock is: it reads services and speaks the language of the moment. Components are not pages. */
export abstract class Page extends Sheet {
  @consume({ context: servicesContext })
  protected services!: Services;

  @consume({ context: translatorContext, subscribe: true })
  protected translator!: Translator;

  protected t(key: Key, parameters?: Parameters): string {
    return this.translator.t(key, parameters);
  }

  protected get shop(): Shop | undefined {
    const session = this.services.session.state.value;
    return 'shop' in session ? session.shop : undefined;
  }

  /** Whoever works now is called by name; of others only the id is in the journal. */
  protected operatorName(id: string): string {
    const session = this.services.session.state.value;
    return session.at === 'open' && session.operator.id === id ? session.operator.name : id;
  }

  protected get currency(): Currency {
    return this.shop?.currency ?? DEFAULT_CURRENCY;
  }

  protected money(amount: Minor): string {
    return this.translator.money(amount, this.currency);
  }
}
