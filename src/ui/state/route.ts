import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SaleId } from '../../domain/ids.ts';

/** Where the cashier is. The address bar holds it as `#/orders/…`, so that reload and the back key work. */
export type Route =
  | { readonly at: 'till' | 'orders' | 'devices' | 'settings' | 'open' | 'authorisations' }
  | { readonly at: 'order'; readonly id: SaleId };

const PLAIN = [
  { at: 'orders' },
  { at: 'devices' },
  { at: 'settings' },
  { at: 'open' },
  { at: 'authorisations' },
] as const;

export function parseRoute(hash: string): Route {
  const [, first = '', second = ''] = hash.replace(/^#/, '').split('/');
  if (first === 'orders' && /^[0-9a-f]{32}$/.test(second)) return { at: 'order', id: second as SaleId };
  return PLAIN.find(({ at }) => at === first) ?? { at: 'till' };
}

export const hashOf = (route: Route): string =>
  route.at === 'order' ? `#/orders/${route.id}` : `#/${route.at}`;

/** Follows the address. */
export class Router implements ReactiveController {
  route: Route;
  readonly #host: ReactiveControllerHost;
  readonly #follow = (): void => {
    this.route = parseRoute(location.hash);
    this.#host.requestUpdate();
  };

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.route = parseRoute(location.hash);
    host.addController(this);
  }

  hostConnected(): void {
    this.route = parseRoute(location.hash);
    addEventListener('hashchange', this.#follow);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#follow);
  }
}
