import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, type Page } from '@playwright/test';
import type { HostId } from '../../server/sandbox/behaviour.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { balanceOf, directionOf, EMPTY_LEDGER, post } from '../../src/domain/ledger.ts';
import type { ServerProcess } from '../server-process.ts';
import { journalOf } from './page-storage.ts';
import type { SandboxClient } from './sandbox-client.ts';

/** Which host holds the money of a tender. What a simulated terminal took is in no host's books. */
const HOST_OF: Readonly<Record<string, HostId>> = {
  wechat: 'wechatpay',
  alipay: 'alipay',
  'unionpay-qr': 'unionpay-qr',
  card: 'bank',
};

interface ThreeBooks {
  readonly page: Page;
  readonly server: ServerProcess;
  readonly sandbox: SandboxClient;
}

/**
 * The till's journal, the server's ledger and the hosts' books say the same, and nothing stands in suspense. The till must
 * be in sync.
 */
export async function expectBooksAgree({ page, server, sandbox }: ThreeBooks): Promise<void> {
  const entries = (await journalOf(page)).map(({ entry }) => entry);
  const ledger = entries.reduce(post, EMPTY_LEDGER);
  expect([...ledger.open.keys()], 'attempts of unknown end').toEqual([]);
  expect(balanceOf(ledger)).toBe(0);
  const balances = nonZero(ledger.accounts);
  expect(balances).not.toHaveProperty('suspense');
  expect(balances).not.toHaveProperty('owed');
  await expect.poll(() => serverBalances(server.dataDir), 'the ledger of the server').toEqual(balances);
  await expect.poll(() => hostSums(sandbox), 'the books of the hosts').toEqual(tillSums(entries));
}

/** What the till believes each host holds for the shop. */
function tillSums(entries: readonly Entry[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const entry of entries) {
    if (entry.type !== 'attempt.approved') continue;
    const { attempt } = entry.body;
    const host = attempt.method === 'terminal' ? undefined : HOST_OF[attempt.tender];
    if (host !== undefined) sums[host] = (sums[host] ?? 0) + attempt.amount * directionOf(attempt);
  }
  return nonZero(sums);
}

async function hostSums(sandbox: SandboxClient): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { host, net } of await sandbox.books()) sums[host] = (sums[host] ?? 0) + net;
  return nonZero(sums);
}

function serverBalances(dataDir: string): Record<string, number> {
  const file = readdirSync(dataDir).find((name) => name === 'xiaoji.db') ?? '';
  const database = new DatabaseSync(join(dataDir, file), { readOnly: true });
  try {
    const rows = database.prepare('SELECT account, amount FROM ledger_account').all();
    return nonZero(Object.fromEntries(rows.map((row) => [String(row['account']), Number(row['amount'])])));
  } finally {
    database.close();
  }
}

const nonZero = (sums: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
