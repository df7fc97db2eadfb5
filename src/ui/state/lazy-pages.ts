import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Route } from './route.ts';

/** Pages that are not needed for the first paint. */
const LOADERS = {
  'page-first-run': () => import('../pages/page-first-run.ts'),
  'page-tender': () => import('../pages/page-tender.ts'),
  'page-paying': () => import('../pages/page-paying.ts'),
  'page-refused': () => import('../pages/page-refused.ts'),
  'page-done': () => import('../pages/page-done.ts'),
  'page-unsaved': () => import('../pages/page-unsaved.ts'),
  'page-asking': () => import('../pages/page-asking.ts'),
  'page-orders': () => import('../pages/page-orders.ts'),
  'page-order': () => import('../pages/page-order.ts'),
  'page-open-sales': () => import('../pages/page-open-sales.ts'),
  'page-authorisations': () => import('../pages/page-authorisations.ts'),
  'page-devices': () => import('../pages/page-devices.ts'),
  'page-settings': () => import('../pages/page-settings.ts'),
  'page-status': () => import('../pages/page-status.ts'),
  'page-today': () => import('../pages/page-today.ts'),
  'page-health': () => import('../pages/page-health.ts'),
  'page-help': () => import('../pages/page-help.ts'),
  'part-help': () => import('../pages/part-help.ts'),
  'part-path': () => import('../pages/part-path.ts'),
  'part-guide': () => import('../pages/part-guide.ts'),
  'part-export': () => import('../pages/part-export.ts'),
} as const;

export type LazyPage = keyof typeof LOADERS;

/**
 * Fetches pages when they are wanted, and all of them as soon as the till is on screen and idle: the pages that speak of
 * taken money must be in memory before the disk or the network fails.
 */
export class LazyPages implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #words: () => Promise<void>;
  readonly #states = new Map<LazyPage, 'loading' | 'ready' | 'failed'>();
  #warming = false;

  /** `words`: resolves when what pages say is there too. */
  constructor(host: ReactiveControllerHost, words: () => Promise<void>) {
    this.#host = host;
    this.#words = words;
    host.addController(this);
  }

  hostConnected(): void {}

  has(page: LazyPage): boolean {
    return this.#states.get(page) === 'ready';
  }

  /** Where the page stands; asks for it when nobody has. */
  want(page: LazyPage): 'loading' | 'ready' | 'failed' {
    const at = this.#states.get(page);
    if (at !== undefined) return at;
    void this.load(page);
    return 'loading';
  }

  /** Resolves when the page is there or has failed; never rejects. */
  async load(page: LazyPage): Promise<void> {
    if (this.#states.get(page) === 'ready') return;
    this.#states.set(page, 'loading');
    try {
      await Promise.all([LOADERS[page](), this.#words()]);
      this.#states.set(page, 'ready');
    } catch {
      this.#states.set(page, 'failed');
    }
    this.#host.requestUpdate();
  }

  /** Fetches the rest, one after another, once. */
  warm(): void {
    if (this.#warming) return;
    this.#warming = true;
    // A till that is set up never sees its first run again.
    const all = (Object.keys(LOADERS) as LazyPage[]).filter((page) => page !== 'page-first-run');
    const fetchAll = async (): Promise<void> => {
      for (const page of all) if (!this.#states.has(page)) await this.load(page);
    };
    // Safari has no idle callback; a second after the first paint is idle enough.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void fetchAll(), { timeout: 2_000 });
    else setTimeout(() => void fetchAll(), 1_000);
  }

  static view(page: LazyPage, route: Route): TemplateResult {
    switch (page) {
      case 'page-first-run':
        return html`<page-first-run></page-first-run>`;
      case 'page-tender':
        return html`<page-tender></page-tender>`;
      case 'page-paying':
        return html`<page-paying></page-paying>`;
      case 'page-refused':
        return html`<page-refused></page-refused>`;
      case 'page-done':
        return html`<page-done></page-done>`;
      case 'page-unsaved':
        return html`<page-unsaved></page-unsaved>`;
      case 'page-asking':
        return html`<page-asking></page-asking>`;
      case 'page-orders':
        return html`<page-orders></page-orders>`;
      case 'page-order':
        return html`<page-order .saleId=${route.at === 'order' ? route.id : undefined}></page-order>`;
      case 'page-open-sales':
        return html`<page-open-sales></page-open-sales>`;
      case 'page-authorisations':
        return html`<page-authorisations></page-authorisations>`;
      case 'page-devices':
        return html`<page-devices></page-devices>`;
      case 'page-settings':
        return html`<page-settings></page-settings>`;
      case 'page-status':
        return html`<page-status></page-status>`;
      case 'page-today':
        return html`<page-today .day=${route.at === 'today' ? route.day : undefined}></page-today>`;
      case 'page-health':
        return html`<page-health></page-health>`;
      case 'page-help':
        return html`<page-help .code=${route.at === 'help' ? route.code : undefined}></page-help>`;
      // Pieces beside a page: whoever shows them knows what they need.
      case 'part-help':
      case 'part-guide':
      case 'part-path':
      case 'part-export':
        return html``;
      default:
        return page satisfies never;
    }
  }
}
