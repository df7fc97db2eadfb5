import { expect, test } from 'vitest';
import { KeptScanner } from '../../kept/kept-scanner.ts';
import { HidScanner } from '../../simulators/scanner/hid-scanner.ts';
import { SerialScanner, type SerialScannerOptions } from '../../simulators/scanner/serial-scanner.ts';
import type { FakeTimers } from '../../testing/fake-timers.ts';
import { FakeTransport } from '../../testing/fake-transport.ts';
import { keptHid, keptSerial } from '../../testing/kept-rigs.ts';
import { scannerConformance } from '../../testing/scanner-conformance.ts';
import { hidScannerDriver } from './hid-driver.ts';
import { HID_SCANNER_MATCHES, SERIAL_SCANNER_LINE, SERIAL_SCANNER_MATCHES } from './match.ts';
import { serialScannerDriver } from './serial-driver.ts';

const settings = (timers: FakeTimers) => ({ timers });
const NOISE = Uint8Array.from({ length: 300 }, (_, at) => (at * 37 + 128) % 256);

async function hidRig(core = new HidScanner()) {
  const line = { driver: hidScannerDriver, match: HID_SCANNER_MATCHES, settings };
  const { kept, ...rig } = await keptHid(core, line);
  return {
    ...rig,
    core,
    scanner: new KeptScanner(kept),
    scan: (text: string) => core.scan(text),
    babble: () => {
      for (let id = 0; id < 5; id += 1) core.report(id, NOISE.slice(id, 63 + id));
      core.scanCutOff('x'.repeat(100));
    },
  };
}

async function serialRig(options: SerialScannerOptions = {}) {
  const core = new SerialScanner(options);
  const { kept, ...rig } = await keptSerial(core, {
    driver: serialScannerDriver,
    match: SERIAL_SCANNER_MATCHES,
    line: SERIAL_SCANNER_LINE,
    settings,
  });
  return {
    ...rig,
    core,
    scanner: new KeptScanner(kept),
    scan: (text: string) => core.scan(text),
    babble: () => core.say(NOISE),
  };
}

scannerConformance('a HID POS scanner', () => hidRig());
scannerConformance("Honeywell's, set to be a keyboard", () =>
  hidRig(new HidScanner({ startsAsKeyboard: true })),
);
scannerConformance('a serial scanner with CR', () => serialRig());
scannerConformance('a serial scanner with CR LF, byte by byte', () =>
  serialRig({ suffix: '\r\n', pieceBytes: 1 }),
);
scannerConformance('a serial scanner without any suffix', () => serialRig({ suffix: '', pieceBytes: 7 }));

test('the symbology is told where the scanner tells it', async () => {
  const { scanner, core, timers } = await hidRig();
  const told: unknown[] = [];
  scanner.onScan((scan) => told.push(scan));
  core.scan('6901234567892', 'E0');
  core.scan('HELLO', 'Q1');
  await timers.advance(10);
  expect(told).toEqual([
    { text: '6901234567892', symbology: 'E0', source: 'hid' },
    { text: 'HELLO', symbology: 'Q1', source: 'hid' },
  ]);
});

test('without a suffix a code ends after fifty milliseconds of silence, with one at once', async () => {
  const bare = await serialRig({ suffix: '' });
  const heard: string[] = [];
  bare.scanner.onScan(({ text }) => heard.push(text));
  bare.core.scan('6901');
  await bare.timers.advance(49);
  expect(heard).toEqual([]);
  await bare.timers.advance(1);
  expect(heard).toEqual(['6901']);
  const ended = await serialRig();
  ended.scanner.onScan(({ text }) => heard.push(text));
  ended.core.scan('6902');
  await ended.timers.advance(0);
  expect(heard).toEqual(['6901', '6902']);
});

test('half a code before the cable was pulled is no code', async () => {
  const { scanner, core, timers, unplug } = await serialRig({ suffix: '' });
  const heard: string[] = [];
  scanner.onScan(({ text }) => heard.push(text));
  core.scan('13456789');
  unplug();
  await timers.advance(1_000);
  expect(heard).toEqual([]);
});

test('a link of the wrong shape is refused', () => {
  const timers = { after: () => () => undefined };
  expect(() => hidScannerDriver.connect(new FakeTransport(() => []), { timers })).toThrow('reports');
});
