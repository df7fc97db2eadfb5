import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { SaleId } from '../../domain/ids.ts';

/** Where the cashier is. The address bar holds it as `#/orders/…`, so that reload, shortcuts and the back key work. */
export type Route =
  | { readonly at: 'till' | 'orders' | 'devices' | 'settings' | 'open' | 'authorisations' | 'health' }
  | { readonly at: 'order'; readonly id: SaleId }
  /** Without a day: the one that it is. */
  | { readonly at: 'today'; readonly day?: BusinessDay }
  /** Without a code: the list of them all. */
  | { readonly at: 'help'; readonly code?: string };

const PLAIN = [
  { at: 'orders' },
  { at: 'devices' },
  { at: 'settings' },
  { at: 'open' },
  { at: 'authorisations' },
  { at: 'health' },
  { at: 'today' },
  { at: 'help' },
] as const;

export function parseRoute(hash: string): Route {
  const [, first = '', second = ''] = hash.replace(/^#/, '').split('/');
  if (first === 'orders' && /^[0-9a-f]{32}$/.test(second)) return { at: 'order', id: second as SaleId };
  if (first === 'today' && /^\d{4}-\d{2}-\d{2}$/.test(second))
    return { at: 'today', day: second as BusinessDay };
  if (first === 'help' && /^[a-z0-9.-]{1,80}$/.test(second)) return { at: 'help', code: second };
  return PLAIN.find(({ at }) => at === first) ?? { at: 'till' };
}

export function hashOf(route: Route): string {
  if (route.at === 'order') return `#/orders/${route.id}`;
  if (route.at === 'today' && route.day !== undefined) return `#/today/${route.day}`;
  if (route.at === 'help' && route.code !== undefined) return `#/help/${route.code}`;
  return `#/${route.at}`;
}

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
