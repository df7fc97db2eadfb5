import { type Cdp, CdpError } from './cdp.ts';
import { within } from './deadline.ts';

/** Longest time for one page to load, ms: a cold start of the browser on a busy machine is some seconds. */
const LOAD_MS = 30_000;

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

/** One page of the browser. */
export class Tab {
  readonly #cdp: Cdp;
  readonly #session: string;
  readonly #target: string;

  private constructor(cdp: Cdp, target: string, session: string) {
    this.#cdp = cdp;
    this.#target = target;
    this.#session = session;
  }

  static async open(cdp: Cdp): Promise<Tab> {
    const { targetId } = await cdp.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const attach = { targetId, flatten: true };
    const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', attach);
    const tab = new Tab(cdp, targetId, sessionId);
    await tab.send('Page.enable');
    await tab.send('Runtime.enable');
    return tab;
  }

  send<T = unknown>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
    return this.#cdp.send<T>(method, params, this.#session);
  }

  on(method: string, listener: (params: Readonly<Record<string, unknown>>) => void): () => void {
    return this.#cdp.on(method, this.#session, listener);
  }

  async goto(url: string): Promise<void> {
    let stop: () => void = () => undefined;
    const loaded = new Promise<void>((resolve) => {
      stop = this.on('Page.loadEventFired', () => resolve());
    });
    const { errorText } = await this.send<{ errorText?: string }>('Page.navigate', { url });
    if (errorText !== undefined) throw new CdpError(`${url}: ${errorText}`);
    await within(LOAD_MS, url, loaded);
    stop();
  }

  /** Runs a function of ours in the page and awaits it. It travels as text: it sees its arguments and the page, no more. */
  async run<A extends readonly unknown[], R>(work: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
    const expression = `(${work.toString()})(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
    const ask = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await this.send<Evaluated>('Runtime.evaluate', ask);
    if (exceptionDetails !== undefined) {
      throw new CdpError(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value as Awaited<R>;
  }

  /** Makes a function of that name in the page; what it is called with (one text) arrives at `listener`. */
  async bind(name: string, listener: (payload: string) => void): Promise<void> {
    await this.send('Runtime.addBinding', { name });
    this.on('Runtime.bindingCalled', (params) => {
      if (params['name'] === name && typeof params['payload'] === 'string') listener(params['payload']);
    });
  }

  /** The address is answered with an empty page, whatever server or service worker stands behind it. */
  async gotoEmpty(url: string): Promise<void> {
    await this.send('Network.enable');
    await this.send('Network.setBypassServiceWorker', { bypass: true });
    const stop = this.on('Fetch.requestPaused', ({ requestId }) => {
      const answer = {
        requestId,
        responseCode: 200,
        responseHeaders: [{ name: 'content-type', value: 'text/html' }],
      };
      this.send('Fetch.fulfillRequest', answer).catch(() => undefined);
    });
    await this.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    await this.goto(url);
    await this.send('Fetch.disable');
    stop();
  }

  async close(): Promise<void> {
    await this.#cdp.send('Target.closeTarget', { targetId: this.#target });
  }
}
