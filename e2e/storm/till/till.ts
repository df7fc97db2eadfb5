import type { SignedEntry } from '../../../src/domain/entry.ts';
import type { Bug } from '../bugs.ts';
import type { Watch } from '../check/watch.ts';
import { DAMAGES, Disk } from '../disk/disk.ts';
import type { Shop } from '../shop/shop.ts';
import type { Counted } from '../sim/counted.ts';
import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';
import { Cashier, type Counter } from './cashier.ts';
import { enrol } from './enrol.ts';
import { Flows } from './flows.ts';
import { Hardware } from './hardware.ts';
import { TillJournal } from './journal.ts';
import { DEATHS, type Death, Life, POINTS } from './life.ts';
import { Cable, Line } from './line.ts';
import { Manager } from './manager.ts';

/** A page that is used wears out: how long until it dies by itself, ms. */
const LIFE_MS = [20_000, 600_000] as const;
const DOWN_MS = [500, 60_000] as const;
/** Points that a page passes rarely; the others often. */
const RARE: readonly string[] = ['K11', 'K15', 'K16', 'K17'];

export interface TillWorld {
  readonly time: Time;
  readonly shop: Shop;
  readonly faults: Counted;
  readonly bug: Bug;
  readonly counter: Counter;
  /** Both copies may be damaged between two starts: then something may be lost, and numbers still not be given twice. */
  readonly isRuthless: boolean;
}

/** One till: a disk, devices and a cable that stay, and pages that come and go. */
export class Till {
  readonly name: string;
  readonly disk: Disk;
  readonly hardware: Hardware;
  readonly cable = new Cable();
  readonly watch: Watch;
  flows: Flows | undefined;
  journal: TillJournal | undefined;
  line: Line | undefined;
  life: Life | undefined;
  /** Nobody comes any more and the page stands still. */
  isIdle = false;
  /** Deaths still to come. */
  deaths: number;
  #lives = 0;
  /** The shop has never heard of it. */
  #isNew = true;
  readonly #rng: Rng;
  readonly #world: TillWorld;

  constructor(name: string, rng: Rng, watch: Watch, world: TillWorld) {
    this.name = name;
    this.watch = watch;
    this.#rng = rng.fork('till');
    this.#world = world;
    this.disk = new Disk(world.time, rng.fork('disk'));
    this.hardware = new Hardware(world.time, rng.fork('hardware'), world.faults);
    this.deaths = this.#rng.between(1, 6);
  }

  /** The folder of a life's page; the folder itself is the till's. */
  get prefix(): string {
    return `${this.name}~${this.#lives}`;
  }

  /** What `navigator.storage` gives to whoever asks for a folder of this till. */
  folder(life: number): Promise<FileSystemDirectoryHandle> {
    const user = this.life;
    if (user === undefined || user.number !== life) return never();
    return Promise.resolve(this.disk.folder.handle(user.asWriter));
  }

  async start(): Promise<void> {
    const { time } = this.#world;
    this.#lives += 1;
    const life = new Life(this.#lives, time.mono(), (death) => this.#died(life, death));
    this.life = life;
    this.isIdle = false;
    if (this.disk.database.start()) this.disk.isWounded = true;
    if (this.#lives > 1) this.#setTrap(life);
    const journal = this.#newJournal(life);
    if (!life.reach('K17')) return;
    await life.live(journal.open());
    this.journal = journal;
    const line = this.#newLine(life, journal);
    this.line = line;
    const { shop } = this.#world;
    if (journal.writer.state === undefined)
      await enrol(journal, this.#isNew ? undefined : this.name, { shop, time });
    else if (journal.writer.state.needsRekey) void this.#rekeyed(life, journal);
    this.#isNew = false;
    await life.live(this.#reopened(journal));
    this.#work(life, journal, line);
  }

  /** A page has come up: the journal is one again. */
  async #reopened(journal: TillJournal): Promise<void> {
    const { last, core } = journal.writer;
    const found = await core.books.entries(0, last, Number.MAX_SAFE_INTEGER);
    const { database } = this.#world.shop;
    const elsewhere = database.rows<{ hash: string }>('SELECT hash FROM journal WHERE till = ?', this.name);
    this.watch.reopened(
      found.map(({ signed }) => signed),
      new Set(elsewhere.map(({ hash }) => hash)),
      this.#world.isRuthless,
    );
    // The copies agree again.
    if (!this.disk.database.isAtRisk) this.disk.isWounded = false;
  }

  #work(life: Life, journal: TillJournal, line: Line): void {
    const { time, shop, counter, bug, faults } = this.#world;
    const rng = this.#rng.fork(`life-${life.number}`);
    const flows = new Flows({
      life,
      journal,
      disk: this.disk,
      line,
      hardware: this.hardware,
      time,
      clock: { now: () => time.now(), mono: () => time.mono() - life.startedAt },
      rng,
      spoilRail: (rail, attempt) => bug.rail(rail, attempt),
      leaves: (reference, what) => this.#leaves(reference, what),
      alarm: (error) => this.#alarm(error),
    });
    this.flows = flows;
    const cashier = new Cashier(flows, rng.fork('cashier'), this.hardware, counter);
    const broken = (error: unknown): void =>
      this.watch.fail('harness', `${String(error)} ${(error as Error).stack}`);
    const { hasCash } = counter;
    const manager = new Manager(flows, { shop, hardware: this.hardware, now: () => time.now(), hasCash });
    manager.work().catch(broken);
    // What an earlier page left behind may wait for the cashier's word: she works before everything is taken up.
    let isRecovered = false;
    const recovered = flows.recover().then(() => {
      isRecovered = true;
    });
    const worked = cashier.work().then(() => cashier.tidy(() => isRecovered));
    Promise.all([worked, recovered]).then(() => {
      // A page that has died, or lost the books to another, may still come to its end: the till does not stand still for that.
      if (this.life === life && life.alive && life.owns) this.isIdle = true;
    }, broken);
    if (rng.chance(0.15)) this.#fillDisk(life, rng, faults);
  }

  #fillDisk(life: Life, rng: Rng, faults: Counted): void {
    const { time } = this.#world;
    time.after(rng.between(5_000, 300_000), () => {
      if (!life.alive || this.deaths === 0) return;
      faults.add('disk-full');
      life.isFull = true;
      time.after(rng.between(2_000, 40_000), () => {
        life.isFull = false;
      });
    });
  }

  /** From now on its pages die. */
  arm(): void {
    if (this.life !== undefined) this.#setTrap(this.life);
  }

  #setTrap(life: Life): void {
    if (this.deaths === 0) return;
    const rng = this.#rng;
    const death: Death = rng.pick(DEATHS);
    const point = rng.pick([...POINTS, 'K17'] as const);
    const isOpening = point === 'K17' && life.number > 1;
    if (rng.chance(0.75) && (point !== 'K17' || isOpening))
      life.trap = { point, death, times: rng.between(1, RARE.includes(point) ? 1 : 12) };
    this.#world.time.after(rng.between(...LIFE_MS), () => {
      if (this.life === life && this.deaths > 0) life.die(death);
    });
  }

  #died(life: Life, death: Death): void {
    const { time, faults } = this.#world;
    const rng = this.#rng;
    faults.add(death);
    this.deaths = Math.max(0, this.deaths - 1);
    this.isIdle = false;
    this.disk.end(death === 'power-cut');
    const isTaken = death === 'second-tab';
    if (isTaken) time.after(rng.between(60_000, 900_000), () => this.#gone(life));
    else {
      this.hardware.unhand();
      this.#damage();
    }
    const down = isTaken ? rng.between(50, 500) : rng.between(...DOWN_MS);
    time.after(down, () => {
      this.start().catch((error: unknown) =>
        this.watch.fail('harness', `does not start: ${(error as Error).stack}`),
      );
    });
  }

  #gone(life: Life): void {
    life.alive = false;
  }

  /** K19: what may happen while the till is down. Never two copies at once, unless the seed is ruthless. */
  #damage(): void {
    const { disk } = this;
    const { isRuthless, faults } = this.#world;
    const isAtRisk = disk.isWounded || disk.database.isAtRisk || disk.folder.young;
    if ((isAtRisk && !isRuthless) || !this.#rng.chance(isRuthless ? 0.7 : 0.25)) return;
    const both = ['files-gone', 'database-tail'] as const;
    for (const kind of isRuthless && this.#rng.chance(0.5) ? both : [this.#rng.pick(DAMAGES)]) {
      faults.add(kind);
      disk.damage(kind);
    }
  }

  #newJournal(life: Life): TillJournal {
    const { time, bug } = this.#world;
    return new TillJournal({
      life,
      disk: this.disk,
      prefix: this.prefix,
      clock: { now: () => time.now(), mono: () => time.mono() - life.startedAt },
      rng: this.#rng.fork(`journal-${life.number}`),
      bug,
      timer: time,
      stored: (entries: readonly SignedEntry[]) =>
        this.watch.stored(entries, this.journal?.status.copies === 'both'),
    });
  }

  #newLine(life: Life, journal: TillJournal): Line {
    const { time, shop, faults } = this.#world;
    return new Line({
      life,
      shop,
      cable: this.cable,
      time,
      rng: this.#rng.fork(`line-${life.number}`),
      faults,
      identity: () => journal.writer.state?.identity,
      sign: async (text) => (await journal.enrolling.sign(new TextEncoder().encode(text), 'till')).sig,
      leaves: (path, body) => this.#leavesTo(path, body),
    });
  }

  /** A till that lost its key sells on; somebody fetches a code as soon as the office can be reached. */
  async #rekeyed(life: Life, journal: TillJournal): Promise<void> {
    const { shop, time } = this.#world;
    await time.wait(this.#rng.between(5_000, 120_000));
    while (!shop.isUp || this.cable.isCut) await time.wait(10_000);
    if (!life.alive || !life.owns) return;
    await enrol(journal, this.name, { shop, time }).catch(() => this.#rekeyed(life, journal));
    this.flows?.sync.poke(true);
  }

  #leavesTo(path: string, body: string): void {
    if (path !== '/api/attempts' && path !== '/api/attempts/reverse') return;
    const { attempt } = JSON.parse(body) as { attempt: { attemptId: string } };
    this.#leaves(attempt.attemptId, path === '/api/attempts' ? 'pay' : 'reverse');
  }

  /** Nothing leaves before it is written down (K3, K15). */
  #leaves(reference: string, what: 'pay' | 'reverse'): void {
    const told = this.watch.attempts.get(reference);
    if (this.watch.attempts.has(turned(reference))) return; // The refund of money that came late.
    if (told === undefined)
      return this.watch.fail('I8', `${what} of ${reference} left before it was written down`);
    if (what === 'reverse' && !told.isUndone)
      this.watch.fail('I8', `the undoing of ${reference} left while it was ${told.state}`);
  }

  #alarm(error: unknown): void {
    const { name, message } = error as Error;
    if (name !== 'JournalError' && name !== 'FlowError' && !(error instanceof DOMException))
      this.watch.fail('harness', `alarm: ${name} ${message} ${(error as Error).stack}`);
  }
}

/** The id of the refund of money that came late (flow/payment/late-refund.ts), told again from its rule. */
const turned = (id: string): string =>
  Array.from(id, (digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('');
