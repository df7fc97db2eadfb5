import { publishedKeyTrack } from '../devices/simulators/card-reader/published-key.ts';
import { SimulatedReader } from '../devices/simulators/card-reader/simulated-reader.ts';
import { SimulatedTerminal } from '../devices/simulators/terminal/simulated-terminal.ts';
import { systemTimers } from '../devices/timers.ts';
import { systemChance } from './system.ts';

/** How long the customer of a practice or demo takes to find the card, ms. */
const CUSTOMER_MS = 1_500;

export interface SimulatedCards {
  readonly reader: SimulatedReader;
  readonly terminal: SimulatedTerminal;
}

/**
 * A reader and a terminal for practice and for a demo server, with a customer who inserts a chip card whenever one is asked
 * for. The track is encrypted under a published test key: no real acquirer takes it.
 */
export function simulatedCards(): SimulatedCards {
  const options = { timers: systemTimers, random: systemChance };
  const reader = new SimulatedReader({ ...options, cipher: publishedKeyTrack() });
  let isComing = false;
  reader.subscribe(() => {
    if (!reader.wantsCard || isComing) return;
    isComing = true;
    systemTimers.after(CUSTOMER_MS, () => {
      isComing = false;
      if (reader.wantsCard) reader.present({ entry: 'chip', pin: true });
    });
  });
  return { reader, terminal: new SimulatedTerminal({ ...options, storesOffline: true }) };
}
