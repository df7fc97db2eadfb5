import type { Operator } from '../../domain/role.ts';
import type { Language, Shop } from '../../domain/shop.ts';
import type { Session, SessionState, SetupForm } from '../services.ts';
import { Store } from '../store.ts';
import { isManagerOnly, type LockState, waitMs } from './lock.ts';

/** What a lock screen shows. Kept between visits so that it can be shown again before the books are open. */
export interface LastLock extends LockState {
  readonly shop: Shop;
  readonly operators: readonly Operator[];
}

/**
 * The session as the screen sees it from the first frame on. Until the books are open it shows the lock screen as it was
 * left and takes a PIN, which waits; nothing is decided here. From then on it is the session of the open journal, whatever
 * that says: other people, a longer wait, no till at all.
 */
export class DoorSession implements Session {
  readonly state: Store<SessionState>;
  readonly training: boolean;
  readonly #real: Promise<Session>;
  #arrived: (real: Session) => void = () => undefined;

  constructor(training: boolean, last: LastLock | undefined, nowMs: number) {
    this.training = training;
    this.state = new Store<SessionState>(last === undefined ? { at: 'starting' } : lockedAs(last, nowMs));
    this.#real = new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }

  /** The journal's own session takes over as soon as it has something to say. */
  adopt(real: Session): void {
    const follow = (): void => {
      if (real.state.value.at === 'starting') return;
      this.#arrived(real);
      this.state.set(real.state.value);
    };
    real.state.subscribe(follow);
    follow();
  }

  /** The till could not be built: a pad that leads nowhere is taken away. */
  giveUp(): void {
    this.state.set({ at: 'starting' });
  }

  async unlock(pin: string): Promise<boolean> {
    return (await this.#real).unlock(pin);
  }

  async setUp(form: SetupForm): Promise<void> {
    await (await this.#real).setUp(form);
  }

  async join(...[code, operator]: Parameters<Session['join']>): Promise<void> {
    await (await this.#real).join(code, operator);
  }

  rejoin(on: boolean): void {
    void this.#real.then((real) => real.rejoin(on));
  }

  async tryInTraining(language: Language): Promise<void> {
    await (await this.#real).tryInTraining(language);
  }

  async leaveTraining(): Promise<void> {
    await (await this.#real).leaveTraining();
  }

  lock(): void {
    void this.#real.then((real) => real.lock());
  }
}

function lockedAs(last: LastLock, nowMs: number): SessionState {
  const { shop, operators, failures } = last;
  const waitS = Math.ceil(waitMs(last, nowMs) / 1_000);
  return { at: 'locked', shop, operators, failures, waitS, managerOnly: isManagerOnly(last) };
}
