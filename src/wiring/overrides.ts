import type { Clock } from '../domain/clock.ts';
import type { OperatorId } from '../domain/ids.ts';
import { may, type Right } from '../domain/role.ts';
import { failed, UNLOCKED, waitMs } from '../flow/lock/lock.ts';
import { FlowError } from '../flow/services.ts';
import type { OperatorRows } from '../store/operator-vault.ts';

/** Whose PIN allows something that the operator at the till may not do alone. Tries are counted as those of the lock screen. */
export class Overrides {
  readonly #operators: Pick<OperatorRows, 'lockState' | 'setLockState' | 'verify'>;
  readonly #clock: Clock;

  constructor(operators: Pick<OperatorRows, 'lockState' | 'setLockState' | 'verify'>, clock: Clock) {
    this.#operators = operators;
    this.#clock = clock;
  }

  /** Rejects with FlowError: `wrong-pin`, `pin-wait`, or `forbidden` when that person may not either. */
  async grantedBy(pin: string, right: Right): Promise<OperatorId> {
    const lock = await this.#operators.lockState();
    const now = this.#clock.now();
    if (waitMs(lock, now) > 0) throw new FlowError('pin-wait');
    // Counted before it is looked at: a reload in the middle must not give the try back.
    await this.#operators.setLockState(failed(lock, now));
    const operator = await this.#operators.verify(pin);
    if (operator === undefined) throw new FlowError('wrong-pin');
    await this.#operators.setLockState(UNLOCKED);
    if (!may(operator.role, right)) throw new FlowError('forbidden');
    return operator.id;
  }
}
