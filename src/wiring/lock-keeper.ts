import type { OperatorVault } from '../flow/lock/operators.ts';
import type { Session, Settings } from '../flow/services.ts';
import type { Store } from '../flow/store.ts';
import { lookOf } from '../ui/state/door-contexts.ts';
import { keepSeen } from './last-lock.ts';
import { systemClock } from './system.ts';

/** Keeps what the next start shows first. Not in training, which locks nobody out, and not where no PIN can be checked. */
export function keepLockScreen(session: Session, operators: OperatorVault, settings: Store<Settings>): void {
  if (session.training) return;
  const keep = async (): Promise<void> => {
    const state = session.state.value;
    const look = lookOf(settings.value);
    if (state.at === 'locked') {
      const { shop, failures } = state;
      const notBefore = state.waitS > 0 ? systemClock.now() + state.waitS * 1_000 : 0;
      keepSeen({ lock: { shop, operators: state.operators, failures, notBefore }, look });
    } else if (state.at === 'open' && state.emergency === undefined) {
      const { shop } = state;
      const people = await operators.operators();
      if (session.state.value.at === 'open')
        keepSeen({ lock: { shop, operators: people, failures: 0, notBefore: 0 }, look });
    } else if (state.at !== 'starting') keepSeen(undefined);
  };
  const follow = (): void => void keep().catch(() => undefined); // The books are closing: what was kept may stay.
  session.state.subscribe(follow);
  settings.subscribe(follow);
  follow();
}
