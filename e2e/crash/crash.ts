import { readArgs } from './args.ts';
import { within } from './deadline.ts';
import { type Disk, type PowerDisk, plainDisk, powerDisk } from './disk.ts';
import { Ledger } from './ledger.ts';
import { servePeers } from './peers.ts';
import { seeded } from './random.ts';
import { type Death, Rounds } from './rounds.ts';
import { ServerProcess } from './server.ts';
import { Undo } from './undo.ts';

// npm run -s crash -- --kills N --cuts M [--seed S] [--backend default|sqlite]
// Progress on stderr; the last line of stdout is one JSON object. Ends with 1 when anything shown was lost or doubled,
// or when cuts lost nothing of the relaxed writer: then this harness proves nothing.

/** Longest time of a whole run: for its set-up, and for a round on average, ms. A round takes about nine seconds. */
const SET_UP_MS = 180_000;
const ROUND_MS = 60_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** A disk that can lose power, or the reason why there is none. */
function tryPowerDisk(undo: Undo): PowerDisk | string {
  try {
    return powerDisk(undo);
  } catch (error) {
    return (error as Error).message;
  }
}

async function main(): Promise<number> {
  const args = readArgs(process.argv.slice(2));
  if (typeof args === 'string') {
    say(args);
    return 2;
  }
  const undo = new Undo();
  try {
    const power = args.cuts > 0 ? tryPowerDisk(undo) : 'not asked for';
    if (args.cuts > 0 && typeof power === 'string') {
      say(`Power cuts are skipped: they need root and loop devices, and here ${power}.`);
    }
    const disk: Disk = typeof power === 'string' ? plainDisk(undo) : power;
    const random = seeded(args.seed);
    const deaths = random.shuffled<Death>([
      ...Array.from({ length: args.kills }, () => ({ kind: 'kill' }) as const),
      ...(typeof power === 'string'
        ? []
        : Array.from({ length: args.cuts }, () => ({ kind: 'cut', disk: power }) as const)),
    ]);
    const server = new ServerProcess(undo);
    await server.start();
    const world = {
      disk,
      server,
      ledger: new Ledger(),
      peers: await servePeers(undo),
      backend: args.backend,
      undo,
    };
    const rounds = new Rounds(world, random, say);
    try {
      await within(SET_UP_MS + deaths.length * ROUND_MS, 'the run', rounds.run(deaths));
    } catch (error) {
      say(`The run ended early: ${(error as Error).stack}`);
      rounds.failed = true;
    }
    const report = rounds.report();
    process.stdout.write(`${JSON.stringify(report)}\n`);
    const isBlunt = report.cuts > 0 && report.relaxedLost === 0;
    if (isBlunt) say('The cuts lost nothing of the relaxed writer: they cut nothing.');
    return rounds.failed || report.lost > 0 || report.doubled > 0 || isBlunt ? 1 : 0;
  } finally {
    undo.run();
  }
}

process.exit(await main());
