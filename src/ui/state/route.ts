import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SaleId } from '../../domain/ids.ts';

/** Where the cashier is. The address bar holds it as `#/orders/…`, so that reload and the back key work. */
export type Route =
  | { readonly at: 'till' | 'orders' | 'devices' | 'settings' }
  | { readonly at: 'order'; readonly id: SaleId };

export function parseRoute(hash: string): Route {
  const [, first = '', second = ''] = hash.replace(/^#/, '').split('/');
  if (first === 'orders' && /^[0-9a-f]{32}$/.test(second)) return { at: 'order', id: second as SaleId };
  return first === 'orders' || first === 'devices' || first === 'settings' ? { at: first } : { at: 'till' };
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
