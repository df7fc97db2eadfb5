import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { ServerProcess } from '../server-process.ts';
import { everythingKept } from './page-storage.ts';

/** The numbers of the simulated cards, in digits or in BCD text, and the beginnings of their encrypted tracks. */
const CARD = [
  /621799\d{6,9}0018/,
  /5413330089010434|4761739001010010/,
  /1EF4F4C53376D3D4|0248D94880A47F45|CB4C1760DC8952AF|D63D01748E60AD37C/i,
  /9E1D078D4AE8141E|233493FE6A87925E|020855B1C7D89010|3434F0159A18C01C/i,
];

/**
 * What must be forgotten is in no file: neither what the page keeps, nor the server's folder, nor what the server said.
 * `codes` are the pay codes that were scanned.
 */
export async function expectNoCanary(
  page: Page,
  server: ServerProcess,
  codes: readonly string[],
): Promise<void> {
  const places = { ...(await everythingKept(page)), ...filesUnder(server.dataDir), log: server.output };
  const words = [...CARD, ...codes.map((code) => new RegExp(code))];
  const found = Object.entries(places).flatMap(([place, text]) =>
    words.filter((word) => word.test(text)).map((word) => `${place}: ${word.source}`),
  );
  expect(found).toEqual([]);
  // A look that sees nothing at all would find nothing either.
  expect(
    Object.keys(places).filter((place) => /^indexeddb|^opfs|xiaoji\.db$/.test(place)).length,
  ).toBeGreaterThan(5);
  expect(server.output).toContain('"event":"request"');
}

/** Every file in a folder and below, by its path; bytes stand as Latin-1. */
export function filesUnder(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(path, 'latin1')]));
}
