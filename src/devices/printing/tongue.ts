import type { Encoded } from '../codecs/byte-writer.ts';
import type { PaperState, PrinterHealth, PrintJob } from '../ports.ts';
import type { PrinterProfile } from '../printer-profile.ts';
import type { Bytes } from '../transports/transport.ts';

export type Proof = PrinterProfile['confirm'];

/** What a printer has said about itself so far. */
export interface PrinterFacts {
  readonly paper: PaperState;
  readonly cover: 'closed' | 'open' | 'unknown';
  readonly drawerPin: 'high' | 'low' | 'unknown';
  readonly isOffline: boolean;
  readonly model: string;
  readonly health: PrinterHealth;
  /** It has answered at least once: silence then means something. */
  readonly hasAnswered: boolean;
  /** It tells of changes by itself. False: what is known of it is as old as the last question. */
  readonly reports: boolean;
  /** False between XOFF and XON. */
  readonly mayWrite: boolean;
}

export const NOTHING_KNOWN: PrinterFacts = {
  paper: 'unknown',
  cover: 'unknown',
  drawerPin: 'unknown',
  isOffline: false,
  model: '',
  health: {},
  hasAnswered: false,
  reports: false,
  mayWrite: true,
};

/** A question whose answer proves that everything before it is on paper. */
export interface ProofQuestion {
  /** Settles when the printer has taken the question. */
  readonly sent: Promise<void>;
  /** The way in which it was answered, which may be a better one than was asked; undefined while it was not. */
  answeredBy(): Proof | undefined;
  /** Look again so often, ms: this printer does not say it by itself. Absent: it does. */
  readonly lookEveryMs?: number;
}

/** A printer's language on one open link: the session asks, the tongue knows how that is said. */
export interface Tongue {
  readonly facts: PrinterFacts;
  /** The best proof this printer is known or hoped to give. Changed by what it turns out to answer. */
  confirm: Proof;
  /** The bytes of a whole paper, in parts that are made when they are asked for. Throws DeviceError `unsupported`. */
  compile(job: PrintJob): Iterable<Encoded>;
  pulse(): Bytes;
  /** Switches status on and asks how it is. Never rejects: a link that breaks here is reported by `lost`. */
  greet(): void;
  /**
   * Asks who it is, one question at a time; `turn` gives each a moment between jobs. Absent: it cannot be asked. Never rejects.
   */
  introduce?(turn: (write: () => Promise<void>) => Promise<void>): Promise<void>;
  /** Asks how it is, in real time. Resolves to true when it answered. Never rejects. */
  look(): Promise<boolean>;
  /** The ways of proof to try, best first. */
  ways(): readonly Proof[];
  ask(way: Proof, jobId: string): ProofQuestion;
  /** What has not been answered until now will not be. */
  giveUp(): void;
}
