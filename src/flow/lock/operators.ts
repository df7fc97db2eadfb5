import type { Operator } from '../../domain/role.ts';
import type { LockState } from './lock.ts';

/** Where operators and the count of wrong PINs are kept. The PIN itself, and anything it can be guessed from offline, is not. */
export interface OperatorVault {
  operators(): Promise<readonly Operator[]>;
  add(operator: Operator, pin: string): Promise<void>;
  /** The operator whose PIN it is. */
  verify(pin: string): Promise<Operator | undefined>;
  lockState(): Promise<LockState>;
  setLockState(state: LockState): Promise<void>;
}
