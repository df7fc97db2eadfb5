import type { Setup } from '../../contract/api.ts';
import { DEFAULT_DAY_RULE } from '../../domain/business-day.ts';
import type { Clock } from '../../domain/clock.ts';
import type { OperatorId } from '../../domain/ids.ts';
import type { StorageTrouble } from '../../domain/journal.ts';
import { DEFAULT_CURRENCY } from '../../domain/money.ts';
import { may, type Operator } from '../../domain/role.ts';
import type { Language, Shop } from '../../domain/shop.ts';
import { type EnrolmentForm, type EnrolmentPorts, enrol, OWNER_ID } from '../enrolment/enrolment.ts';
import type { Timer } from '../ports.ts';
import { type Emergency, FlowError, type Session, type SessionState, type SetupForm } from '../services.ts';
import { Store } from '../store.ts';
import { failed, isManagerOnly, type LockState, UNLOCKED, waitMs } from './lock.ts';

export interface SessionPorts extends EnrolmentPorts {
  readonly clock: Clock;
  readonly timer: Timer;
  /** True when this page runs on the practice journal. */
  readonly training: boolean;
  /** Set when no PIN can be checked here: nobody could unlock, and the shop must go on selling. */
  emergency(): Emergency | undefined;
  /** The shop this browser is a till of; undefined before enrolment. */
  shop(): Promise<Shop | undefined>;
  setup(): Promise<
    { readonly kind: 'ok'; readonly value: Setup } | { readonly kind: 'refused' | 'unreachable' }
  >;
  /** Changes between the books and practice: the page starts again on the other journal. */
  switchTraining(on: boolean, language: Language): Promise<void>;
  /** Called each time somebody has unlocked the till. */
  opened(operator: Operator): void;
  alarm(error: unknown): void;
}

const TRAINEE: Operator = { id: 'trainee' as OperatorId, name: '练习 Trainee', role: 'owner' };

/** Sells and reprints, and no more, under the red banner of a till that lost its database. */
const EMERGENCY: Operator = { id: 'emergency' as OperatorId, name: '—', role: 'cashier' };

/** Who is at the till: first run, locked, open. */
export class SessionRunner implements Session {
  readonly state = new Store<SessionState>({ at: 'starting' });
  readonly training: boolean;
  readonly #ports: SessionPorts;
  #countdown = new AbortController();
  /** The shop of a till that is about to get a new key. */
  #rejoining: Shop | undefined;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    this.training = ports.training;
  }

  /** Called once the journal is open. */
  async start(): Promise<void> {
    const shop = await this.#ports.shop();
    if (shop === undefined) return this.#firstRun();
    if (this.training) return this.#open(shop, TRAINEE);
    if (this.#ports.emergency() !== undefined) return this.#openEmergency(shop);
    const { operators } = this.#ports;
    const [lock, people] = await Promise.all([operators.lockState(), operators.operators()]);
    this.#showLock(shop, lock, people);
  }

  /** Nothing can be stored in this browser. */
  block(trouble: StorageTrouble): void {
    this.state.set({ at: 'blocked', trouble });
  }

  get operator(): Operator | undefined {
    return this.state.value.at === 'open' ? this.state.value.operator : undefined;
  }

  async setUp(form: SetupForm): Promise<void> {
    const { trade, language, pin, code } = form;
    const name = form.ownerName.trim() === '' ? form.name.trim() : form.ownerName.trim();
    const shop: Shop = {
      name: form.name.trim(),
      trade,
      language,
      currency: DEFAULT_CURRENCY,
      ...DEFAULT_DAY_RULE,
      rounding: 'none',
    };
    await this.#enrol({ code, pin, shop, operator: { id: OWNER_ID, name, role: 'owner' } });
  }

  async join(code: string, { name, pin }: { readonly name: string; readonly pin: string }): Promise<void> {
    if (name.trim() === '') throw new FlowError('name-required');
    await this.#enrol({ code, pin, operator: { id: OWNER_ID, name: name.trim(), role: 'owner' } });
  }

  async #enrol(form: EnrolmentForm): Promise<void> {
    const { shop } = await enrol(form, this.#ports);
    this.#open(shop, form.operator);
  }

  rejoin(on: boolean): void {
    const shop = this.#rejoining;
    const state = this.state.value;
    if (on && state.at === 'open' && state.emergency === 'key-lost') {
      this.#rejoining = state.shop;
      this.state.set({ at: 'first-run', reachable: true, rejoin: true });
    } else if (!on && shop !== undefined) this.#openEmergency(shop);
  }

  tryInTraining(language: Language): Promise<void> {
    return this.#ports.switchTraining(true, language);
  }

  leaveTraining(): Promise<void> {
    return this.#ports.switchTraining(false, 'zh-CN');
  }

  async unlock(pin: string): Promise<boolean> {
    const state = this.state.value;
    if (state.at !== 'locked') return state.at === 'open';
    const lock = await this.#ports.operators.lockState();
    if (waitMs(lock, this.#ports.clock.now()) > 0) return false;
    // Counted as a failure before it is looked at: a reload in the middle must not give the try back.
    const next = failed(lock, this.#ports.clock.now());
    await this.#ports.operators.setLockState(next);
    const operator = await this.#ports.operators.verify(pin);
    const allowed = operator !== undefined && (!isManagerOnly(lock) || may(operator.role, 'override'));
    if (operator === undefined || !allowed) {
      this.#showLock(state.shop, next, await this.#ports.operators.operators());
      return false;
    }
    await this.#ports.operators.setLockState(UNLOCKED);
    this.#open(state.shop, operator);
    return true;
  }

  lock(): void {
    const state = this.state.value;
    if (state.at !== 'open' || this.training || state.emergency !== undefined) return;
    this.#ports.operators
      .operators()
      .then((operators) => this.#showLock(state.shop, UNLOCKED, operators))
      .catch(this.#ports.alarm);
  }

  #open(shop: Shop, operator: Operator): void {
    this.#countdown.abort(new Error('opened'));
    this.state.set({ at: 'open', shop, operator });
    this.#ports.opened(operator);
  }

  #openEmergency(shop: Shop): void {
    const emergency = this.#ports.emergency();
    this.state.set({
      at: 'open',
      shop,
      operator: EMERGENCY,
      ...(emergency === undefined ? {} : { emergency }),
    });
    this.#ports.opened(EMERGENCY);
  }

  async #firstRun(): Promise<void> {
    const answer = await this.#ports.setup();
    if (answer.kind !== 'ok') return this.state.set({ at: 'first-run', reachable: false });
    const { code } = answer.value;
    this.state.set({ at: 'first-run', reachable: true, ...(code === undefined ? {} : { code }) });
  }

  #showLock(shop: Shop, lock: LockState, operators: readonly Operator[]): void {
    this.#countdown.abort(new Error('superseded'));
    this.#countdown = new AbortController();
    const { signal } = this.#countdown;
    const show = (): number => {
      const waitS = Math.ceil(waitMs(lock, this.#ports.clock.now()) / 1_000);
      const managerOnly = isManagerOnly(lock);
      this.state.set({ at: 'locked', shop, operators, failures: lock.failures, waitS, managerOnly });
      return waitS;
    };
    const tick = async (): Promise<void> => {
      // Bounded by the longest wait of lock.ts: each turn takes a second off it.
      while (show() > 0) await this.#ports.timer.wait(1_000, signal);
    };
    tick().catch(() => undefined); // Superseded by another state: that one is on the screen.
  }
}
