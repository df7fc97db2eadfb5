import { expect, test } from 'vitest';
import type { PrinterStatus } from '../devices/ports.ts';
import { deviceReport } from './device-report.ts';

const PRINTER: PrinterStatus = {
  link: 'connected',
  name: 'XP-80',
  paper: 'ok',
  cover: 'closed',
  drawerPin: 'low',
  job: 'idle',
  health: { serial: 'XP80A17', firmware: '1.02' },
};

test('the report names devices and lost links, and nothing that was scanned, weighed or paid', () => {
  const report = deviceReport({
    madeMs: 0,
    printer: PRINTER,
    printerSeenMs: 30_000,
    devices: [
      {
        place: 'scanner',
        link: 'connected',
        driver: 'scanner-hid',
        name: 'Honeywell',
        simulated: false,
        heard: '6901234567892',
        health: { firmware: '1.2', keyId: 'FFFF987654' },
      },
      { place: 'scale', link: 'absent', name: '', simulated: false },
    ],
    moments: [{ atMs: 60_000, place: 'scanner', what: 'gone' }],
  });
  expect(report).not.toContain('6901234567892');
  expect(JSON.parse(report)).toEqual({
    made: '1970-01-01T00:00:00.000Z',
    printer: {
      link: 'connected',
      name: 'XP-80',
      paper: 'ok',
      cover: 'closed',
      job: 'idle',
      serial: 'XP80A17',
      firmware: '1.02',
      lastSeen: '1970-01-01T00:00:30.000Z',
    },
    devices: [
      {
        place: 'scanner',
        driver: 'scanner-hid',
        name: 'Honeywell',
        link: 'connected',
        firmware: '1.2',
        keyId: 'FFFF987654',
      },
    ],
    moments: [{ at: '1970-01-01T00:01:00.000Z', place: 'scanner', what: 'gone' }],
  });
});
