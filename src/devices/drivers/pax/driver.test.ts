import { PaxTerminal } from '../../simulators/pax/pax-terminal.ts';
import { terminalBadInput } from '../../testing/terminal-bad-input.ts';
import { paymentTerminalConformance, type TerminalRig } from '../../testing/terminal-conformance.ts';
import { serialTerminal } from '../../testing/terminal-rigs.ts';
import { paxDriver } from './driver.ts';
import { PAX_LINE, PAX_MATCHES } from './match.ts';

const entry = { id: 'pax', match: PAX_MATCHES, line: PAX_LINE, load: async () => paxDriver() };

const connected = (storesOffline = false) =>
  serialTerminal({
    entry,
    core: (timers) => new PaxTerminal({ timers, now: timers.now, storesOffline }),
    settings: { pax: { storesOffline } },
  });

const rig = (storesOffline: boolean) => async (): Promise<TerminalRig> => {
  const { terminal, core, timers, unplug, replug } = await connected(storesOffline);
  return {
    terminal,
    timers,
    replug,
    plan: (as) => {
      if (as === 'decline' || as === 'lose-declined') core.customer.plan({ as: 'decline' });
      core.faults.loseAnswers = as === 'lose-approved' || as === 'lose-declined';
      core.faults.deafToOrders = as === 'never-arrived';
      core.onAuthorising = as === 'cut-approved' ? unplug : () => undefined;
    },
    setHostOnline: (on) => core.setHostOnline(on),
  };
};

paymentTerminalConformance('a PAX terminal', rig(false));
paymentTerminalConformance('a PAX terminal that stores', rig(true));

terminalBadInput('a PAX terminal', {
  connected,
  charged: (core) => core.charged,
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
