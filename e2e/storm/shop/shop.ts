import { fileURLToPath } from 'node:url';
import { makeCode } from '../../../server/src/access/enrolment.ts';
import { createApp } from '../../../server/src/app.ts';
import { jsonLogger } from '../../../server/src/log.ts';
import { Metrics } from '../../../server/src/metrics.ts';
import { Payments } from '../../../server/src/payments/payments.ts';
import { Registry } from '../../../server/src/payments/registry.ts';
import { migrate, readMigrations } from '../../../server/src/storage/migrate.ts';
import type { Database } from '../../../server/src/storage/sql.ts';
import { newSigner, type Signer } from '../../../src/domain/chain.ts';
import type { Counted } from '../sim/counted.ts';
import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';
import { Channel } from './channel.ts';
import { MemoryDatabase } from './memory-database.ts';

const MIGRATIONS = readMigrations(fileURLToPath(new URL('../../../server/migrations', import.meta.url)));
/** The completer looks each second; here less often, as nothing waits for it in so short a time. */
const ROUND_MS = 5_000;
const DOWN_MAX_MS = 90_000;

class DeadServerError extends Error {}

/** One process of the shop's server. */
interface Run {
  readonly app: ReturnType<typeof createApp>;
  readonly payments: Payments;
  isDead: boolean;
}

/** The shop's server over one database, started again and again, and the channels behind it. */
export class Shop {
  readonly database = new MemoryDatabase();
  readonly channels: readonly Channel[];
  readonly logs: string[] = [];
  merchant = '';
  #signer: Signer | undefined;
  #run: Run | undefined;
  readonly #time: Time;
  readonly #rng: Rng;
  readonly #faults: Counted;

  constructor(time: Time, rng: Rng, faults: Counted) {
    this.#time = time;
    this.#rng = rng;
    this.#faults = faults;
    const notify = (channel: string, body: string): void => {
      const path = `/api/notify/${channel}/${this.merchant}`;
      this.call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(
        () => undefined,
      );
    };
    const channel = (id: string, tender: 'wechat' | 'alipay' | 'unionpay-qr') =>
      new Channel(
        id,
        [
          { tender, method: 'customer-code' },
          { tender, method: 'shop-code' },
        ],
        { time, faults, notify, rng: rng.fork(id) },
      );
    const bank = { time, faults, notify, rng: rng.fork('bank') };
    this.channels = [
      channel('wechatpay', 'wechat'),
      channel('alipay', 'alipay'),
      channel('unionpay-qr', 'unionpay-qr'),
      new Channel('iso8583', [{ tender: 'card', method: 'reader' }], bank),
    ];
  }

  async begin(): Promise<void> {
    await migrate(this.database, MIGRATIONS, this.#time.now());
    this.#signer = await newSigner();
    this.start();
  }

  get isUp(): boolean {
    return this.#run !== undefined;
  }

  start(): void {
    const signer = this.#signer;
    if (signer === undefined || this.#run !== undefined) return;
    const time = this.#time;
    const log = jsonLogger(time, (line) => this.logs.push(line));
    const metrics = new Metrics();
    const database = this.#mortal(() => run.isDead);
    const registry = new Registry(this.channels.map((each) => ({ make: async () => each })));
    const random = this.#rng.fork(`run-${time.mono()}`);
    const payments = new Payments({ database, clock: time, log, metrics, timer: time, registry });
    const app = createApp({
      database,
      signer,
      clock: time,
      random,
      log,
      metrics,
      payments,
      dist: '/nowhere',
      takeConsoleTicket: () => false,
    });
    const run: Run = { app, payments, isDead: false };
    this.#run = run;
    this.#complete(run);
  }

  /** The process dies: what it was doing never ends. Starts again after a while. */
  kill(): void {
    if (this.#run === undefined) return;
    this.#faults.add('server-killed');
    this.#run.isDead = true;
    this.#run = undefined;
    this.#time.after(this.#rng.between(500, DOWN_MAX_MS), () => this.start());
  }

  /** A request that has arrived. Rejects when no server is there; never answers when it dies meanwhile. */
  async call(path: string, init?: RequestInit): Promise<Response> {
    const run = this.#run;
    if (run === undefined) throw new TypeError('connection refused');
    const response = await run.app.request(path, init, {
      incoming: { socket: { remoteAddress: '127.0.0.1' } },
    });
    return run.isDead ? never() : response;
  }

  /** A code from the office: for a new till, or for a new key of one. */
  code(rekey?: string): Promise<string> {
    return makeCode({ database: this.database, clock: this.#time, random: this.#rng }, this.merchant, rekey);
  }

  #complete(run: Run): void {
    this.#time.after(ROUND_MS, () => {
      if (run.isDead) return;
      run.payments.complete().then(
        () => this.#complete(run),
        () => this.#complete(run),
      );
    });
  }

  /** A dead process reads and writes nothing. */
  #mortal(isDead: () => boolean): Database {
    const alive = (): void => {
      if (isDead()) throw new DeadServerError('dead');
    };
    return {
      read: async (work) => {
        alive();
        return this.database.read(work);
      },
      transaction: async (work) => {
        alive();
        return this.database.transaction(work);
      },
      close: async () => undefined,
    };
  }
}
