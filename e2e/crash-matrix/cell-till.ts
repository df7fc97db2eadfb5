import type { ReceiptPrinter } from '../../src/devices/ports.ts';
import { purposeOf } from '../../src/domain/attempt.ts';
import type { Bug } from '../storm/bugs.ts';
import { Watch } from '../storm/check/watch.ts';
import { type Damage, Disk } from '../storm/disk/disk.ts';
import type { Shop } from '../storm/shop/shop.ts';
import { Counted } from '../storm/sim/counted.ts';
import { never } from '../storm/sim/never.ts';
import type { Rng } from '../storm/sim/rng.ts';
import type { Time } from '../storm/sim/time.ts';
import { enrol } from '../storm/till/enrol.ts';
import { Flows } from '../storm/till/flows.ts';
import { Hardware } from '../storm/till/hardware.ts';
import { TillJournal } from '../storm/till/journal.ts';
import { type Death, Life, type Trap } from '../storm/till/life.ts';
import { Cable, Line } from '../storm/till/line.ts';
import { withPointsBehind } from './host.ts';

/** How long a tab that lost the journal goes on talking to hosts, ms. */
export const OLD_TAB_MS = 300_000;

export interface CellTillWorld {
  readonly time: Time;
  readonly shop: Shop;
  /** A mistake that the matrix must find. */
  readonly bug: Bug;
  report(what: string): void;
}

/** One till of the matrix: the product's flows, store and clients on a simulated disk, and pages that die where they are told to. */
export class CellTill {
  /** As the folder is called; the shop names the till. */
  readonly folderName: string;
  readonly disk: Disk;
  readonly hardware: Hardware;
  readonly cable = new Cable();
  readonly watch: Watch;
  /** Ids of the sales attempts in the order in which their charges left a page. */
  readonly charges: string[] = [];
  flows: Flows | undefined;
  journal: TillJournal | undefined;
  life: Life | undefined;
  died: Death | undefined;
  isRecovered = false;
  #lives = 0;
  readonly #rng: Rng;
  readonly #world: CellTillWorld;

  constructor(folderName: string, rng: Rng, world: CellTillWorld) {
    this.folderName = folderName;
    this.#rng = rng;
    this.#world = world;
    const { time } = world;
    this.disk = new Disk(time, rng.fork('disk'));
    this.hardware = new Hardware(time, rng.fork('hardware'), new Counted());
    this.hardware.isCalm = true;
    this.cable.isCalm = true;
    this.watch = new Watch(folderName, ({ invariant, what }) => world.report(`${invariant} ${what}`));
  }

  get name(): string {
    return this.journal?.writer.state?.identity?.till ?? this.folderName;
  }

  /** What `navigator.storage` gives to the page that asks. */
  folder(life: number): Promise<FileSystemDirectoryHandle> {
    const user = this.life;
    return user?.number === life ? Promise.resolve(this.disk.folder.handle(user.asWriter)) : never();
  }

  /** Opens a page. Resolves when it stands; never when it dies before that. */
  async start(trap?: Trap): Promise<void> {
    const { time, shop } = this.#world;
    this.#lives += 1;
    const life = new Life(this.#lives, time.mono(), (death) => this.#end(life, death));
    this.life = life;
    this.died = undefined;
    this.isRecovered = false;
    this.disk.database.start();
    if (trap !== undefined) life.trap = trap;
    if (!life.reach('K17')) return;
    const journal = this.#newJournal(life);
    await life.live(journal.open());
    this.journal = journal;
    if (journal.writer.state === undefined) await enrol(journal, undefined, { shop, time });
    await life.live(this.#reopened(journal));
    this.flows = this.#newFlows(life, journal);
    void this.flows.recover().then(() => {
      if (this.life === life) this.isRecovered = true;
    });
  }

  /** The page dies at once. */
  die(death: Death): void {
    this.life?.die(death);
  }

  damage(kind: Damage): void {
    this.disk.damage(kind);
  }

  #end(life: Life, death: Death): void {
    this.died = death;
    this.disk.end(death === 'power-cut');
    if (death === 'second-tab')
      this.#world.time.after(OLD_TAB_MS, () => Object.assign(life, { alive: false }));
    else this.hardware.unhand();
  }

  async #reopened(journal: TillJournal): Promise<void> {
    const { last, core } = journal.writer;
    const found = await core.books.entries(0, last, Number.MAX_SAFE_INTEGER);
    const { database } = this.#world.shop;
    const elsewhere = database.rows<{ hash: string }>('SELECT hash FROM journal WHERE till = ?', this.name);
    this.watch.reopened(
      found.map(({ signed }) => signed),
      new Set(elsewhere.map(({ hash }) => hash)),
      false,
    );
    this.disk.isWounded = false;
  }

  #newJournal(life: Life): TillJournal {
    const { time } = this.#world;
    return new TillJournal({
      life,
      disk: this.disk,
      prefix: `${this.folderName}~${this.#lives}`,
      clock: { now: () => time.now(), mono: () => time.mono() - life.startedAt },
      rng: this.#rng.fork(`journal-${this.#lives}`),
      bug: this.#world.bug,
      timer: time,
      stored: (entries) => this.watch.stored(entries, this.journal?.status.copies === 'both'),
    });
  }

  #newFlows(life: Life, journal: TillJournal): Flows {
    const { time, shop, bug, report } = this.#world;
    const rng = this.#rng.fork(`life-${this.#lives}`);
    const line = new Line({
      life,
      shop,
      cable: this.cable,
      time,
      rng,
      faults: new Counted(),
      identity: () => journal.writer.state?.identity,
      sign: async (text) => (await journal.enrolling.sign(new TextEncoder().encode(text), 'till')).sig,
      leaves: (path, body) => {
        if (path !== '/api/attempts') return;
        const { attempt } = JSON.parse(body);
        if (purposeOf(attempt) === 'sale') this.#charged(attempt.attemptId);
      },
    });
    return new Flows({
      life,
      journal,
      disk: this.disk,
      line,
      hardware: this.#ports(),
      time,
      clock: { now: () => time.now(), mono: () => time.mono() - life.startedAt },
      rng,
      spoilRail: (rail, attempt) => bug.rail(rail, attempt),
      leaves: (reference, what) => {
        if (what === 'pay') this.#charged(reference);
      },
      alarm: (error) => {
        const { name, stack } = error as Error;
        if (name !== 'JournalError' && name !== 'FlowError' && !(error instanceof DOMException))
          report(`harness: ${stack}`);
      },
    });
  }

  /** Nothing leaves before it is written down. */
  #charged(attemptId: string): void {
    this.charges.push(attemptId);
    if (!this.watch.attempts.has(attemptId))
      this.#world.report(`I8 the charge ${attemptId} left before it was written down`);
  }

  /** A printer that does not work makes the till kick the drawer by itself. */
  isOutOfPaper = false;

  #ports(): Hardware {
    const { hardware } = this;
    return Object.create(hardware, {
      terminalOf: {
        value: (life: Life, leaves: Parameters<Hardware['terminalOf']>[1]) =>
          withPointsBehind(hardware.terminalOf(life, leaves), (point) => life.reach(point)),
      },
      printerOf: {
        value: (life: Life): ReceiptPrinter => {
          const port = hardware.printerOf(life);
          const print: ReceiptPrinter['print'] = async (job) =>
            this.isOutOfPaper ? { kind: 'failed', reason: 'no-printer' } : port.print(job);
          return { ...port, print };
        },
      },
      readerOf: { value: (life: Life) => hardware.readerOf(life) },
    }) as Hardware;
  }
}
