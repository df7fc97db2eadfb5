import type { PrinterSession } from '../driver.ts';
import { DeviceError } from '../errors.ts';
import type { PrinterStatus, PrintJob, PrintOutcome } from '../ports.ts';
import type { PrinterProfile } from '../printer-profile.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transports/transport.ts';
import { chunksOf } from './chunks.ts';
import { NOTHING_KNOWN, type Proof, type ProofQuestion, type Tongue } from './tongue.ts';

/** Nothing taken for this long: paper, cover, or switched off. Then the printer is asked why. */
const STALL_MS = 5_000;
/** How long a healthy printer may take to say that everything is on paper, and how much longer per line (50 mm/s). */
const CONFIRM_MS = 8_000;
const CONFIRM_PER_LINE_MS = 100;
/** Jobs waiting at once. A till prints one slip per sale: more than this waiting means that nobody looks. */
const JOBS_MAX = 8;

export interface SessionSettings {
  readonly profile: PrinterProfile;
  readonly timers: Timers;
  /** The printer does not answer the way the profile says; keep what it does answer. */
  readonly onLearned: (confirm: Proof) => void;
  /** Makes the language; `heard` is to be called after every reply. */
  readonly tongue: (heard: () => void) => Tongue;
}

const lost = (): DeviceError => new DeviceError('lost', 'the printer is gone');

type Wait = 'done' | 'late';
type Verdict = 'proved' | 'healthy' | 'mute' | 'dead';

/** A printer on one open link: prints one job at a time, and says honestly how each ended. */
export class StreamPrinterSession implements PrinterSession {
  readonly columns: number;
  readonly lost: Promise<void>;
  status: PrinterStatus;
  readonly #transport: Transport;
  readonly #settings: SessionSettings;
  readonly #tongue: Tongue;
  readonly #listeners = new Set<() => void>();
  readonly #ended: Promise<never>;
  #reject: (error: DeviceError) => void = () => undefined;
  #hasEnded = false;
  /** A job is under way; and it has been standing still for STALL_MS. */
  #isMoving = false;
  #isLate = false;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #heard: () => void = () => undefined;

  constructor(transport: Transport, settings: SessionSettings) {
    this.#transport = transport;
    this.#settings = settings;
    this.columns = settings.profile.columns;
    this.status = {
      link: 'connected',
      name: transport.name,
      paper: 'unknown',
      cover: 'unknown',
      drawerPin: 'unknown',
      job: 'idle',
      health: NOTHING_KNOWN.health,
    };
    this.#ended = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.#ended.catch(() => undefined); // Whoever waits races with it; between jobs nobody does.
    this.lost = transport.lost.then(() => this.#end(lost()));
    this.#tongue = settings.tongue(() => {
      this.#refresh();
      this.#heard();
    });
    this.#tongue.greet();
    void this.#tongue.introduce?.((write) => this.#between(write))?.then(() => this.#refresh());
    // Printers without automatic status still answer this: the devices page then knows paper and cover, too.
    void this.#tongue.look().then(() => this.#refresh());
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  print(job: PrintJob): Promise<PrintOutcome> {
    if (this.#waiting >= JOBS_MAX) return Promise.resolve({ kind: 'failed', reason: 'busy' });
    return this.#queue(() => this.#perform(job));
  }

  async look(): Promise<void> {
    const { hasAnswered, reports } = this.#tongue.facts;
    if (!hasAnswered || reports || this.#isMoving) return;
    await this.#tongue.look();
    this.#refresh();
  }

  async kick(): Promise<boolean> {
    await this.look();
    // A pulse that waits for paper would open the drawer an hour later, with nobody there.
    const isStuck = this.status.job === 'stalled' || this.#blockedBy() !== undefined;
    if (isStuck || this.#waiting >= JOBS_MAX || this.#hasEnded) return false;
    const write = () => this.#until(this.#transport.write(this.#tongue.pulse()), STALL_MS);
    return this.#queue(write).then(
      (wait) => wait === 'done',
      () => false,
    );
  }

  abandon(): void {
    if (!this.#isMoving) return;
    this.#end(new DeviceError(this.#blockedBy() ?? 'timeout', 'given up by the person'));
    // The rest of the job is still with the browser; only closing the link throws it away.
    void this.#transport.close();
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  #end(error: DeviceError): void {
    this.#hasEnded = true;
    this.#reject(error);
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const turn = this.#tail.then(work);
    const over = () => {
      this.#waiting -= 1;
    };
    this.#tail = turn.then(over, over);
    return turn;
  }

  /** Between the bytes of a job a question would become dots on the paper. */
  #between(write: () => Promise<void>): Promise<void> {
    const turn = this.#tail.then(() => (this.#hasEnded ? Promise.reject(lost()) : write()));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #perform(job: PrintJob): Promise<PrintOutcome> {
    if (this.#hasEnded) return { kind: 'failed', reason: 'lost' };
    let hasSent = false;
    this.#isMoving = true;
    try {
      let commands = 0;
      for (const part of this.#tongue.compile(job)) {
        commands += part.ends.length;
        this.#refresh();
        for (const chunk of chunksOf(part, this.#transport.chunkBytes)) {
          while (!this.#tongue.facts.mayWrite) await this.#watched(this.#nextReply(), false);
          hasSent = true;
          await this.#watched(this.#transport.write(chunk.bytes), chunk.isWhole);
        }
      }
      return await this.#prove(job.jobId, commands);
    } catch (cause) {
      const reason = cause instanceof DeviceError ? cause.code : 'protocol';
      return { kind: hasSent ? 'unconfirmed' : 'failed', reason };
    } finally {
      this.#isMoving = false;
      this.#isLate = false;
      this.#refresh();
    }
  }

  /** Waits for `work` however long it takes; every STALL_MS without an end the printer is asked for the reason. */
  async #watched(work: Promise<unknown>, isWhole: boolean): Promise<void> {
    while ((await this.#until(work, STALL_MS)) === 'late') {
      this.#isLate = true;
      this.#refresh();
      // Between the bytes of one command a question would become dots on the paper.
      if (isWhole) void this.#tongue.look().then(() => this.#refresh());
    }
    this.#isLate = false;
    this.#refresh();
  }

  /** Rejects when the link ends or the person gives up. */
  async #until(work: Promise<unknown>, ms: number): Promise<Wait> {
    let cancel = () => {};
    const late = new Promise<Wait>((resolve) => {
      cancel = this.#settings.timers.after(ms, () => resolve('late'));
    });
    const done = work.then((): Wait => 'done');
    try {
      return await Promise.race([done, this.#ended, late]);
    } finally {
      cancel();
    }
  }

  #nextReply(): Promise<void> {
    return new Promise((resolve) => {
      this.#heard = resolve;
    });
  }

  /** Asks for the proof that everything is on paper, in the ways this printer is known or hoped to answer. */
  async #prove(jobId: string, lines: number): Promise<PrintOutcome> {
    const deadline = CONFIRM_MS + lines * CONFIRM_PER_LINE_MS;
    for (const way of this.#tongue.ways()) {
      const question = this.#tongue.ask(way, jobId);
      await this.#watched(question.sent, true);
      const verdict = await this.#awaitProof(question, deadline);
      if (verdict === 'proved') {
        // Answered to its name, or to the order of questions: that is what to ask for next time.
        this.#learn(question.answeredBy() ?? way);
        return { kind: 'confirmed' };
      }
      if (verdict === 'dead') return { kind: 'unconfirmed', reason: 'timeout' };
      if (verdict === 'mute') break;
    }
    // It will not say it next time either: do not make the next customer wait. Kept for this link only.
    this.#tongue.confirm = 'none';
    return { kind: 'unconfirmed', reason: 'no-confirmation' };
  }

  /**
   * `healthy`: it answers other questions, but not this one. `mute`: it has never said anything.
   * `dead`: it used to answer and does not any more. While paper or cover are the reason, the wait has no end.
   */
  async #awaitProof(question: ProofQuestion, ms: number): Promise<Verdict> {
    for (;;) {
      if (await this.#isProvedWithin(question, ms)) return 'proved';
      const answered = await this.#tongue.look();
      if (question.answeredBy() !== undefined) return 'proved';
      this.#refresh();
      if (this.#hasEnded) return 'dead';
      if (this.#blockedBy() !== undefined) continue;
      if (answered) {
        this.#tongue.giveUp();
        return 'healthy';
      }
      return this.#tongue.facts.hasAnswered ? 'dead' : 'mute';
    }
  }

  async #isProvedWithin(question: ProofQuestion, ms: number): Promise<boolean> {
    const proved = new Promise<void>((resolve) => {
      this.#heard = () => {
        if (question.answeredBy() !== undefined) resolve();
      };
      this.#heard();
    });
    const step = Math.min(ms, question.lookEveryMs ?? ms);
    for (let waited = 0; waited < ms; waited += step) {
      if ((await this.#until(proved, step)) === 'done') return true;
      if (waited + step < ms) void this.#tongue.look();
    }
    return false;
  }

  #blockedBy(): 'paper-end' | 'cover-open' | undefined {
    const { paper, cover } = this.#tongue.facts;
    if (cover === 'open') return 'cover-open';
    return paper === 'end' ? 'paper-end' : undefined;
  }

  #learn(confirm: Proof): void {
    if (confirm === this.#tongue.confirm) return;
    this.#tongue.confirm = confirm;
    this.#settings.onLearned(confirm);
  }

  /** Brings `status` up to date and tells whoever listens, once per change. */
  #refresh(): void {
    const { paper, cover, drawerPin, model, health } = this.#tongue.facts;
    const isStuck = this.#isLate || this.#blockedBy() !== undefined;
    const job = !this.#isMoving ? 'idle' : isStuck ? 'stalled' : 'printing';
    const next: PrinterStatus = {
      ...this.status,
      paper,
      cover,
      drawerPin,
      job,
      name: this.status.name || model,
      health,
    };
    const keys = ['paper', 'cover', 'drawerPin', 'job', 'name', 'health'] as const;
    if (keys.every((key) => next[key] === this.status[key])) return;
    this.status = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
