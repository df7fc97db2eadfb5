import { terminalBadInput } from '../../testing/terminal-bad-input.ts';
import { paymentTerminalConformance, type TerminalRig } from '../../testing/terminal-conformance.ts';
import { zvtRig } from '../../testing/zvt-rig.ts';

const connected = () => zvtRig();

const rig = async (): Promise<TerminalRig> => {
  const { terminal, core, timers, unplug, replug } = await connected();
  return {
    terminal,
    timers,
    replug,
    plan: (as) => {
      if (as === 'decline' || as === 'lose-declined') core.customer.plan({ as: 'decline' });
      core.keepsResults = as === 'lose-approved' || as === 'lose-declined';
      core.line.faults.deafTo = as === 'never-arrived' ? 0x0601 : undefined;
      core.onAuthorising = as === 'cut-approved' ? unplug : () => undefined;
    },
    setHostOnline: (on) => core.customer.setHostOnline(on),
  };
};

paymentTerminalConformance('a ZVT terminal', rig);

terminalBadInput('a ZVT terminal', {
  connected,
  // One payment was in its books before.
  charged: (core) => core.books.charged - 1,
  decline: (core) => core.customer.plan({ as: 'decline' }),
  refuseFrames: (core, count) => {
    core.line.faults.naks = count;
  },
  garble: (core, count) => {
    core.line.faults.badChecks = count;
  },
  twice: (core) => {
    core.line.faults.twice = true;
  },
  loseAcks: (core) => {
    core.line.faults.loseAcks = true;
  },
  babble: (core, bytes) => core.babble(bytes),
});
