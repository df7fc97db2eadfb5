import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { within } from '../e2e/crash/deadline.ts';
import { Undo } from '../e2e/crash/undo.ts';
import { browserCases } from './cases/browser-cases.ts';
import { cableCases } from './cases/cable-cases.ts';
import type { LabCase } from './cases/case.ts';
import { chipCases } from './cases/chip-cases.ts';
import { Counter } from './cases/counter.ts';
import { printerCases } from './cases/printer-cases.ts';
import { scaleCases } from './cases/scale-cases.ts';
import { scanCases } from './cases/scan-cases.ts';
import { slipCases } from './cases/slip-cases.ts';
import { smallCases } from './cases/small-cases.ts';
import { swipeCases } from './cases/swipe-cases.ts';
import { terminalCases } from './cases/terminal-cases.ts';
import { buildImage, NoLabError } from './image/build-image.ts';
import { Lab } from './machine/lab.ts';

// npm run -s lab -- [--only WORD] [--report FILE]: builds the guest when it is missing or out of date, and runs every case.
// Progress on stderr; the last line of stdout is one JSON object. Ends with 1 when a case failed, with 2 when there is no lab.

/** A bound for one case against hanging, ms. */
const CASE_MS = 1_800_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function runCase(lab: Lab, each: LabCase): Promise<boolean> {
  const started = performance.now();
  const seconds = (): string => ((performance.now() - started) / 1_000).toFixed(1);
  try {
    await within(CASE_MS, each.name, each.run(lab));
    say(`✓ ${each.name} (${seconds()} s)`);
    return true;
  } catch (error) {
    say(`✗ ${each.name} (${seconds()} s)\n${(error as Error).stack}`);
    return false;
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, report: { type: 'string' } } });
  const counter = new Counter();
  const all = [
    ...browserCases(),
    ...slipCases(),
    ...chipCases(),
    ...swipeCases(),
    ...terminalCases(),
    ...scanCases(),
    ...scaleCases(),
    ...smallCases(),
    ...printerCases(counter),
    ...cableCases(counter),
  ];
  const cases = all.filter(({ name }) => name.includes(values.only ?? ''));
  const undo = new Undo();
  try {
    buildImage(say);
    const lab = new Lab(undo, say);
    await lab.start();
    const results: boolean[] = [];
    for (const each of cases) results.push(await runCase(lab, each));
    const passed = results.filter(Boolean).length;
    const report = { devices: lab.devices, passed, failed: results.length - passed, bytes: lab.bytes };
    await lab.stop();
    if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(report));
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return report.failed > 0 ? 1 : 0;
  } catch (error) {
    say(error instanceof NoLabError ? error.message : `${(error as Error).stack}`);
    return 2;
  } finally {
    undo.run();
  }
}

process.exit(await main());
