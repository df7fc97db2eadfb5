import type { Tab } from './tab.ts';

/** What the page tells while it works, as JSON through the binding `crashTells`. */
export type Told =
  /** A finger is about to land on 'cash received'. */
  | { readonly kind: 'tap'; readonly total: number }
  /** 'Done' with its receipt number is on the screen. */
  | { readonly kind: 'done'; readonly number: string; readonly total: number }
  /** The till asked whether the cash was taken, and this is the answer that will be given. */
  | { readonly kind: 'answer'; readonly total: number; readonly received: boolean };

interface Plan {
  readonly pin: string;
  /** Whether a till without a shop is to be set up; otherwise finding one is an alarm. */
  readonly setUp: boolean;
  /** A re-key code of the office, for a till that lost its key; empty when there is none. */
  readonly code: string;
  /** Open: until the keypad is there. Sell: for ever. */
  readonly until: 'till' | 'death';
  /** Amount of the first sale in whole units; every further one is larger by one. */
  readonly firstAmount: number;
  /** What is answered to 'did you get the cash?'. */
  readonly received: boolean;
}

/** How a till stands that is open: whole, with one copy only, or without its key. */
export type Standing = 'whole' | 'one-copy' | 'key-lost';

/** Somebody at the till who works only on what is on the screen. */
export class Cashier {
  readonly #tab: Tab;
  readonly #pin: string;

  private constructor(tab: Tab, pin: string) {
    this.#tab = tab;
    this.#pin = pin;
  }

  static async at(tab: Tab, pin: string, tell: (told: Told) => void): Promise<Cashier> {
    await tab.bind('crashTells', (payload) => tell(JSON.parse(payload) as Told));
    return new Cashier(tab, pin);
  }

  /** First run: sets up a shop with the server on this machine. */
  async setUp(): Promise<void> {
    await this.#work({ setUp: true, code: '', until: 'till', firstAmount: 0, received: true });
  }

  /** Unlocks and answers what a crash left open, until the keypad is ready. */
  open(received: boolean): Promise<Standing> {
    return this.#work({ setUp: false, code: '', until: 'till', firstAmount: 0, received });
  }

  /** Gives a till that lost its key a new one, by a code of the office. */
  restore(code: string): Promise<Standing> {
    return this.#work({ setUp: false, code, until: 'till', firstAmount: 0, received: true });
  }

  /** Sells as fast as the screen allows. Never resolves: it ends with the browser. */
  async sell(firstAmount: number): Promise<void> {
    await this.#work({ setUp: false, code: '', until: 'death', firstAmount, received: true });
  }

  #work(plan: Omit<Plan, 'pin'>): Promise<Standing> {
    return this.#tab.run(work, { pin: this.#pin, ...plan });
  }
}

/** Runs in the page: looks at what is on the screen and does what a cashier would do there. */
async function work(plan: Plan): Promise<Standing> {
  /** Test ids from which a screen is known, the more particular before the more general. */
  const scenes = [
    'lock-state',
    'asking',
    'unsaved',
    'done',
    'confirm-cash',
    'charge',
    'set-up',
    'shop-name',
    'code',
    'pin-1',
  ];
  const shut = ['blocked', 'reader'];
  const restMs = 8;
  const stuckMs = 20_000;
  const settledMs = 250;
  const page = globalThis as { crashTells?(payload: string): void };
  const tell = (told: Told): void => page.crashTells?.(JSON.stringify(told));

  let seen = new Map<string, HTMLElement>();
  const look = (root: ParentNode): void => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      const { testid } = element.dataset;
      if (testid !== undefined && !seen.has(testid)) seen.set(testid, element);
      if (element.shadowRoot !== null) look(element.shadowRoot);
    }
  };
  /** Can be pressed: in sight, enabled, and past the rest that follows a change of page. */
  const ready = (id: string): HTMLElement | undefined => {
    const element = seen.get(id);
    const isIdle = element?.matches(':disabled, [aria-disabled="true"]') !== false;
    return isIdle || element?.checkVisibility() !== true ? undefined : element;
  };
  const text = (id: string): string => seen.get(id)?.textContent?.trim() ?? '';
  const cents = (id: string): number => Math.round(Number(text(id).replace(/[^\d.]/g, '')) * 100);
  const press = (prefix: string, digits: string): void => {
    for (const digit of digits) seen.get(prefix + digit)?.click();
  };

  let amount = plan.firstAmount;
  let tapped = false;
  let shown = '';
  /** What was done on the present screen and is not to be done again. */
  let acted = false;
  let scene: string | undefined;
  let since = performance.now();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, restMs));
    seen = new Map();
    look(document);
    const closed = shut.find((id) => seen.has(id));
    if (closed !== undefined) throw new Error(`the till is shut (${closed}): ${text(closed)}`);
    const now = scenes.find((id) => seen.has(id));
    if (now !== scene) {
      scene = now;
      since = performance.now();
      acted = false;
    }
    if (performance.now() - since > stuckMs)
      throw new Error(`stuck at '${scene}' (${text(scene ?? '')}): ${[...seen.keys()].join(' ')}`);
    if (scene === 'lock-state' && !acted && ready('pin-1') !== undefined) {
      acted = true;
      press('pin-', plan.pin);
    } else if (scene === 'asking' && !acted && ready('answer-yes') !== undefined) {
      acted = true;
      tell({ kind: 'answer', total: cents('amount'), received: plan.received });
      ready(plan.received ? 'answer-yes' : 'answer-no')?.click();
    } else if (scene === 'done') {
      const number = text('number');
      if (number !== '' && number !== shown) tell({ kind: 'done', number, total: cents('total') });
      shown = number;
      ready('next')?.click();
    } else if (scene === 'confirm-cash') {
      const confirm = ready('confirm-cash');
      if (cents('due') !== amount * 100) ready('back')?.click();
      else if (confirm !== undefined && !tapped) {
        tapped = true;
        tell({ kind: 'tap', total: amount * 100 });
        confirm.click();
        confirm.click(); // An impatient finger: it must not pay twice.
      }
    } else if (scene === 'charge') {
      if (tapped) amount += 1;
      tapped = false;
      const clear = ready('clear-all') ?? ready('clear');
      if (clear === undefined && plan.until === 'till') {
        if (performance.now() - since < settledMs) continue; // A question of the last life may still come up.
        if (!seen.has('key-lost')) return seen.has('banner') ? 'one-copy' : 'whole';
        if (plan.code === '') return 'key-lost';
        ready('rejoin')?.click();
      } else if (clear === undefined) press('key-', String(amount));
      else if (cents('amount') === amount * 100 && ready('charge') !== undefined) ready('charge')?.click();
      else clear.click();
    } else if (scene === 'set-up') {
      if (!plan.setUp) throw new Error('the till does not know its shop any more');
      ready('set-up')?.click();
    } else if (scene === 'shop-name' || scene === 'code') {
      for (const [field, value] of [
        ['shop-name', 'Crash'],
        ['code', plan.code],
        ['person', 'Owner'],
      ] as const) {
        const input = seen.get(field) as HTMLInputElement | undefined;
        if (input !== undefined) input.value = value;
        input?.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
      ready('continue')?.click();
    } else if (scene === 'pin-1' && (plan.setUp || plan.code !== '')) press('pin-', plan.pin);
  }
}
