import { zvtDriver } from '../drivers/zvt/driver.ts';
import { ZVT_LINE, ZVT_MATCHES } from '../drivers/zvt/match.ts';
import { ZvtTerminal, type ZvtTerminalOptions } from '../simulators/zvt/zvt-terminal.ts';
import { teller } from './terminal-orders.ts';
import { serialTerminal } from './terminal-rigs.ts';

const entry = { id: 'zvt', match: ZVT_MATCHES, line: ZVT_LINE, load: async () => zvtDriver() };

interface ZvtRigOptions extends Partial<ZvtTerminalOptions> {
  /** How long ago a payment of another day is in its books, ms; undefined: its books are empty. */
  readonly usedAgo?: number | undefined;
  readonly password?: string;
}

/** A till with a ZVT terminal that has been used before. */
export async function zvtRig({ usedAgo = 3_600_000, password = '000000', ...more }: ZvtRigOptions = {}) {
  const clock = { back: usedAgo };
  const rig = await serialTerminal({
    entry,
    core: (timers) => {
      const terminal = new ZvtTerminal({ timers, now: () => timers.now() - clock.back, ...more });
      if (usedAgo > 0) terminal.books.book('sale', 4_200);
      clock.back = 0;
      return terminal;
    },
    settings: { zvt: { password } },
  });
  /** Commands that arrived at the terminal, without acknowledgements and replies. */
  const commands: string[] = [];
  const receive = rig.core.receive.bind(rig.core);
  rig.core.receive = (bytes) => {
    if (bytes[0] === 0x10 && bytes[2] !== 0x80)
      commands.push(Buffer.from(bytes.subarray(2, 4)).toString('hex'));
    receive(bytes);
  };
  return { ...rig, ...teller(rig), commands };
}

/** From now on the results of payments are lost, or told again. */
export function loseResults(rig: { readonly core: ZvtTerminal }, on: boolean): void {
  rig.core.keepsResults = on;
}
