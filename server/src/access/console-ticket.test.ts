import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { CONSOLE_TICKET_MS, takeConsoleTicket, writeConsoleTicket } from './console-ticket.ts';

let folder: string;
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoji-ticket-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('opens once, and the file holds only a hash that others cannot read', () => {
  const clock = new FakeClock();
  const ticket = writeConsoleTicket(folder, clock, random);
  const file = join(folder, 'office-ticket.json');
  expect(readFileSync(file, 'utf8')).not.toContain(ticket);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(takeConsoleTicket(folder, clock, ticket)).toBe(true);
  expect(existsSync(file)).toBe(false);
  expect(takeConsoleTicket(folder, clock, ticket)).toBe(false);
});

test('a wrong guess spends it', () => {
  const clock = new FakeClock();
  const ticket = writeConsoleTicket(folder, clock, random);
  expect(takeConsoleTicket(folder, clock, 'guess')).toBe(false);
  expect(takeConsoleTicket(folder, clock, ticket)).toBe(false);
});

test('is worth nothing after its ten minutes', () => {
  const ticket = writeConsoleTicket(folder, { now: () => 0, mono: () => 0 }, random);
  const late = { now: () => CONSOLE_TICKET_MS, mono: () => 0 };
  expect(takeConsoleTicket(folder, late, ticket)).toBe(false);
});
