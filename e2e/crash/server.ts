import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { type Epoch, receiptNumber, type TillId } from '../../src/domain/ids.ts';
import { within } from './deadline.ts';
import type { SoldSale } from './ledger.ts';
import type { Undo } from './undo.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 30_000;
const STOP_MS = 15_000;

/** The real server as a process of its own, with its embedded database in a temporary folder. */
export class ServerProcess {
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'xiaoji-crash-server-'));
  readonly #undo: Undo;
  #child: ChildProcess | undefined;
  #kill: () => void = () => undefined;
  #url = '';

  constructor(undo: Undo) {
    this.#undo = undo;
    undo.add(() => rmSync(this.#dataDir, { recursive: true, force: true }));
  }

  /** With a slash at the end. The same after a restart. */
  get url(): string {
    return this.#url;
  }

  get isUp(): boolean {
    return this.#child !== undefined;
  }

  async start(): Promise<void> {
    if (this.#child !== undefined) return;
    const args = ['--import', './scripts/stop-with-parent.mjs', 'server/src/main.ts'];
    const port = this.#url === '' ? '0' : new URL(this.#url).port;
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
      env: { ...process.env, PORT: port, HOST: '127.0.0.1', DATA_DIR: this.#dataDir },
    });
    this.#child = child;
    this.#kill = this.#undo.add(() => child.kill('SIGKILL'));
    const ready = new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const url = /http:\S+\//.exec(said)?.[0];
        if (url !== undefined) resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    this.#url = await within(START_MS, 'the start of the server', ready);
  }

  /** Dies in the middle of whatever it does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    this.#kill();
    await within(STOP_MS, 'the death of the server', exited);
  }

  /** What `npm run office` prints for the owner at the machine. */
  officeLink(): string {
    const env = { ...process.env, DATA_DIR: this.#dataDir, PORT: new URL(this.#url).port };
    const said = execFileSync(process.execPath, ['server/src/office-link.ts'], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    return /http\S+/.exec(said)?.[0] ?? '';
  }

  /** What its database says now, read beside it. */
  books(): ServerBooks {
    const db = new DatabaseSync(join(this.#dataDir, 'xiaoji.db'), { readOnly: true, timeout: 5_000 });
    try {
      const count = (table: string) =>
        Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'] ?? 0);
      const sales = db
        .prepare('SELECT sale_id, till, epoch, seq, total FROM sale')
        .all()
        .map((row) => ({
          saleId: String(row['sale_id']),
          number: receiptNumber(row['till'] as TillId, row['epoch'] as Epoch, Number(row['seq'])),
          total: Number(row['total']),
        }));
      return { sales, quarantined: count('quarantine'), alarms: count('alarm') };
    } finally {
      db.close();
    }
  }
}

export interface ServerBooks {
  readonly sales: readonly SoldSale[];
  readonly quarantined: number;
  readonly alarms: number;
}
