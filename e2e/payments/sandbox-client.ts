import type { Behaviour, Rule } from '../../server/sandbox/behaviour.ts';
import type { BookView } from '../../server/sandbox/books.ts';

/** The back door of the sandbox hosts that a demo server started: reads their books, plays the customer, makes them lie. */
export class SandboxClient {
  readonly #url: string;

  constructor(port: number) {
    this.#url = `http://127.0.0.1:${port}`;
  }

  async books(): Promise<readonly BookView[]> {
    return ((await this.#call('GET', '/books')) as { readonly orders: readonly BookView[] }).orders;
  }

  /** The next requests that match get this behaviour. */
  async rule(
    match: Omit<Rule, 'behaviour' | 'times'>,
    behaviour: Partial<Behaviour>,
    times = 1,
  ): Promise<void> {
    await this.#call('POST', '/rules', { match, behaviour, times });
  }

  async clearRules(): Promise<void> {
    await this.#call('DELETE', '/rules');
  }

  /** The customer pays, types the password, or gives up. `target` is an order number or the text of a shown code. */
  async customer(target: string, action: 'pay' | 'password' | 'cancel'): Promise<void> {
    await this.#call('POST', '/customer', { order: target, action });
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.#url}${path}`, { method, ...json });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}
