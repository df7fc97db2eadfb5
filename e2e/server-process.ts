import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PINNED_NODE, ROOT } from '../scripts/pinned.mjs';

const READY = /open (http:\/\/[^ ]+)/;

/** The real server as a process of its own, so that it can be killed as a server is. Keeps its port and its data. */
export class ServerProcess {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'xiaoji-e2e-'));
  url = '';
  output = '';
  readonly #dist: string;
  readonly #more: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;

  /** `more` goes into its environment. */
  constructor(
    dist = process.env['DIST_DIR'] ?? join(ROOT, 'dist'),
    more: Readonly<Record<string, string>> = {},
  ) {
    this.#dist = dist;
    this.#more = more;
  }

  async start(): Promise<void> {
    const env = {
      ...process.env,
      ...this.#more,
      PORT: new URL(this.url || 'http://x:0').port || '0',
      DATA_DIR: this.dataDir,
      DIST_DIR: this.#dist,
    };
    const child = spawn(PINNED_NODE, ['server/src/main.ts'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.output = '';
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        this.output += chunk.toString();
        const ready = READY.exec(this.output);
        if (ready?.[1] === undefined) return;
        this.url = ready[1];
        resolve();
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.output}`)));
    });
  }

  /** What `npm run office` prints for the owner at the machine. */
  officeLink(): string {
    const env = { ...process.env, DATA_DIR: this.dataDir, PORT: new URL(this.url).port };
    const printed = execFileSync(PINNED_NODE, ['server/src/office-link.ts'], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    return /http\S+/.exec(printed)?.[0] ?? '';
  }

  /** As a power switch does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
