import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Entity, type Form, formOf, StripeRefusal } from './wire.ts';

/** What the next request that matches is met with, after it was carried out or before. */
export interface Fault {
  readonly path: RegExp;
  readonly kind: 'drop-before' | 'drop-after' | 'silence' | 'server-error' | 'rubbish';
}

type Route = (form: Form, id: string) => object;

/**
 * The endpoints of Stripe's documented API that a server-driven reader needs, with its idempotency: the first answer of a key is given
 * again, other parameters under the same key are an error.
 */
export class StripeHost {
  readonly intents = new Map<string, Entity>();
  readonly refunds: Entity[] = [];
  readonly movements: Entity[] = [];
  readonly faults: Fault[] = [];
  readonly asked: string[] = [];
  readonly #keys = new Map<string, { body: string; status: number; answer: string }>();
  readonly #now: () => number;
  readonly reader: Entity = { id: 'tmr_1', object: 'terminal.reader', action: null, status: 'online' };
  isOffline = false;
  /** Search lags behind: payments it does not show yet. */
  readonly hidden = new Set<string>();
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  async start(): Promise<{ origin: string; stop: () => Promise<void> }> {
    const server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const stop = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    return { origin: `http://127.0.0.1:${port}`, stop };
  }

  /** The customer taps a card: it is taken, or the issuer says no. */
  tap(decline?: string): void {
    const { action } = this.reader;
    const intent = this.intents.get(action?.process_payment_intent.payment_intent);
    if (action?.status !== 'in_progress' || intent === undefined)
      throw new Error('the reader asks for no card');
    if (intent['status'] === 'canceled') {
      action.status = 'failed';
      return;
    }
    if (decline !== undefined) {
      Object.assign(action, { status: 'failed', failure_code: 'card_declined' });
      intent['last_payment_error'] = { code: 'card_declined', decline_code: decline };
      return;
    }
    action.status = 'succeeded';
    const isManual = intent['capture_method'] === 'manual';
    intent['latest_charge'] = this.#charge(intent);
    intent['status'] = isManual ? 'requires_capture' : 'succeeded';
    intent[isManual ? 'amount_capturable' : 'amount_received'] = intent['amount'];
    if (!isManual) this.#move(intent, intent['amount'], intent['latest_charge']);
  }

  readonly #routes: readonly (readonly [RegExp, Route])[] = [
    [/^POST \/v1\/payment_intents$/, (form) => this.#create(form)],
    [/^GET \/v1\/payment_intents\/search$/, (form) => this.#search(form)],
    [/^GET \/v1\/payment_intents\/(\w+)$/, (_form, id) => this.#intent(id)],
    [/^POST \/v1\/payment_intents\/(\w+)\/cancel$/, (_form, id) => this.#cancel(id)],
    [/^POST \/v1\/payment_intents\/(\w+)\/capture$/, (form, id) => this.#capture(form, id)],
    [/^GET \/v1\/terminal\/readers$/, () => ({ object: 'list', data: [this.reader], has_more: false })],
    [/^POST \/v1\/terminal\/readers\/(\w+)\/process_payment_intent$/, (form) => this.#process(form)],
    [
      /^POST \/v1\/terminal\/readers\/(\w+)\/cancel_action$/,
      () => Object.assign(this.reader, { action: null }),
    ],
    [/^POST \/v1\/refunds$/, (form) => this.#refund(form)],
    [
      /^GET \/v1\/refunds$/,
      (form) => ({
        object: 'list',
        has_more: false,
        data: this.refunds.filter((each) => each['payment_intent'] === form['payment_intent']),
      }),
    ],
    [/^GET \/v1\/balance_transactions$/, (form) => this.#list(form)],
  ];

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const url = new URL(request.url ?? '', 'http://localhost');
    const line = `${request.method} ${url.pathname}`;
    this.asked.push(line);
    const at = this.faults.findIndex(({ path }) => path.test(line));
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0]?.kind;
    if (fault === 'drop-before') return void request.socket.destroy();
    const key = request.headers['idempotency-key'];
    const { status, answer } = this.#once(typeof key === 'string' ? key : undefined, `${line} ${body}`, () =>
      this.#route(line, formOf(`${url.searchParams}&${body}`)),
    );
    if (fault === 'drop-after') return void request.socket.destroy();
    if (fault === 'silence') return;
    const said = fault === 'server-error' ? '{"error":{"type":"api_error","message":"m"}}' : answer;
    response.writeHead(fault === 'server-error' ? 500 : status, { 'content-type': 'application/json' });
    response.end(fault === 'rubbish' ? '<html>' : said);
  }

  #once(key: string | undefined, body: string, carryOut: () => { status: number; answer: string }) {
    const first = key === undefined ? undefined : this.#keys.get(key);
    if (first !== undefined && first.body !== body)
      return { status: 400, answer: '{"error":{"type":"idempotency_error","message":"m"}}' };
    if (first !== undefined) return first;
    const done = carryOut();
    if (key !== undefined) this.#keys.set(key, { body, ...done });
    return done;
  }

  #route(line: string, form: Form): { status: number; answer: string } {
    try {
      for (const [path, route] of this.#routes) {
        const match = path.exec(line);
        if (match !== null) return { status: 200, answer: JSON.stringify(route(form, match[1] ?? '')) };
      }
      throw new StripeRefusal('resource_missing');
    } catch (error) {
      const code = error instanceof StripeRefusal ? error.code : 'api_error';
      return {
        status: 400,
        answer: JSON.stringify({ error: { type: 'invalid_request_error', code, message: 'm' } }),
      };
    }
  }

  #create(form: Form): object {
    if (form['allowed_payment_method_types[0]'] !== 'card_present')
      throw new StripeRefusal('parameter_missing');
    const intent: Entity = {
      id: this.#id('pi'),
      object: 'payment_intent',
      amount: Number(form['amount']),
      amount_received: 0,
      amount_capturable: 0,
      currency: form['currency'],
      capture_method: form['capture_method'],
      metadata: { reference: form['metadata[reference]'] },
      status: 'requires_payment_method',
      last_payment_error: null,
      latest_charge: null,
      livemode: false,
    };
    this.intents.set(intent.id, intent);
    return intent;
  }

  #search(form: Form): object {
    const wanted = /'([0-9a-f]{32})'$/.exec(form['query'] ?? '')?.[1];
    const data = [...this.intents.values()].filter(
      ({ id, ...each }) => each['metadata'].reference === wanted && !this.hidden.has(id),
    );
    return { object: 'search_result', data, has_more: false, next_page: null };
  }

  #intent(id: string): Entity {
    const intent = this.intents.get(id);
    if (intent === undefined) throw new StripeRefusal('resource_missing');
    return intent;
  }

  #cancel(id: string): object {
    const intent = this.#intent(id);
    if (intent['status'] === 'succeeded' || intent['status'] === 'canceled')
      throw new StripeRefusal('payment_intent_unexpected_state');
    intent['status'] = 'canceled';
    return intent;
  }

  #capture(form: Form, id: string): object {
    const intent = this.#intent(id);
    const amount = Number(form['amount_to_capture']);
    if (intent['status'] !== 'requires_capture') throw new StripeRefusal('payment_intent_unexpected_state');
    if (amount > intent['amount']) throw new StripeRefusal('amount_too_large');
    Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 });
    intent['metadata'].completion = form['metadata[completion]'];
    this.#move(intent, amount, Object.assign(intent['latest_charge'], { amount_captured: amount }));
    return intent;
  }

  #process(form: Form): object {
    if (this.isOffline) throw new StripeRefusal('terminal_reader_offline');
    this.reader['action'] = {
      type: 'process_payment_intent',
      status: 'in_progress',
      failure_code: null,
      process_payment_intent: { payment_intent: form['payment_intent'] },
    };
    return this.reader;
  }

  #refund(form: Form): object {
    const intent = this.#intent(form['payment_intent'] ?? '');
    const amount = Number(form['amount']);
    const before = this.refunds.filter((each) => each['payment_intent'] === intent.id);
    const left = intent['amount_received'] - before.reduce((sum, each) => sum + Number(each['amount']), 0);
    if (left === 0) throw new StripeRefusal('charge_already_refunded');
    if (amount > left) throw new StripeRefusal('amount_too_large');
    const refund: Entity = {
      id: this.#id('re'),
      object: 'refund',
      amount,
      currency: intent['currency'],
      payment_intent: intent.id,
      metadata: { reference: form['metadata[reference]'], kind: form['metadata[kind]'] },
      status: 'succeeded',
      created: this.#seconds(),
    };
    this.refunds.push(refund);
    this.#move(intent, -amount, refund);
    return refund;
  }

  #list(form: Form): object {
    const [from, to] = [Number(form['created[gte]']), Number(form['created[lt]'])];
    const all = this.movements.filter(({ created }) => created >= from && created < to);
    const start = 1 + all.findIndex(({ id }) => id === form['starting_after']);
    const size = 2; // Small pages, so that a test needs several.
    return {
      object: 'list',
      url: '/v1/balance_transactions',
      data: all.slice(start, start + size),
      has_more: start + size < all.length,
    };
  }

  #charge(intent: Entity): Entity {
    return {
      id: this.#id('ch'),
      object: 'charge',
      amount: intent['amount'],
      amount_captured: intent['amount'],
      currency: intent['currency'],
      created: this.#seconds(),
      metadata: { ...intent['metadata'] },
      payment_method_details: {
        card_present: {
          brand: 'visa',
          last4: '4242',
          read_method: 'contactless_emv',
          receipt: { authorization_code: '123456', dedicated_file_name: 'a0000000031010' },
        },
      },
    };
  }

  #move(intent: Entity, amount: number, source: Entity): void {
    const expanded = source['object'] === 'charge' ? { ...source, payment_intent: intent } : source;
    const fee = amount > 0 ? 30 : 0;
    const { currency } = intent;
    this.movements.push({
      id: this.#id('txn'),
      object: 'balance_transaction',
      amount,
      currency,
      fee,
      created: this.#seconds(),
      source: expanded,
    });
  }

  #id(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${String(this.#count).padStart(4, '0')}`;
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }
}
