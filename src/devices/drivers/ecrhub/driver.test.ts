import { EcrHubTerminal } from '../../simulators/ecrhub/ecrhub-terminal.ts';
import { terminalBadInput } from '../../testing/terminal-bad-input.ts';
import { paymentTerminalConformance, type TerminalRig } from '../../testing/terminal-conformance.ts';
import { serialTerminal } from '../../testing/terminal-rigs.ts';
import { ecrHubDriver } from './driver.ts';
import { ECRHUB_LINE, ECRHUB_MATCHES } from './match.ts';

const entry = { id: 'ecrhub', match: ECRHUB_MATCHES, line: ECRHUB_LINE, load: async () => ecrHubDriver() };

const connected = () =>
  serialTerminal({
    entry,
    core: (timers) => new EcrHubTerminal({ timers, now: timers.now }),
    settings: { ecrhub: { appId: 'demo' } },
  });

const rig = async (): Promise<TerminalRig> => {
  const { terminal, core, timers, unplug, replug } = await connected();
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
    setHostOnline: (on) => core.customer.setHostOnline(on),
  };
};

paymentTerminalConformance('an ECRHub terminal', rig);

terminalBadInput('an ECRHub terminal', {
  connected,
  charged: (core) => core.books.charged,
  decline: (core) => core.customer.plan({ as: 'decline' }),
  garble: (core) => {
    core.faults.garbled = true;
  },
  twice: (core) => {
    core.faults.twice = true;
  },
  loseAcks: (core) => {
    core.faults.loseAcks = true;
  },
  babble: (core, bytes) => core.babble(bytes),
});
