import { encodeStar } from '../../codecs/star/encode.ts';
import type { StarReply } from '../../codecs/star/status.ts';
import type { PrintJob } from '../../ports.ts';
import type { TongueSettings } from '../../printing/driver.ts';
import type { PrinterFacts, Proof, ProofQuestion, Tongue } from '../../printing/tongue.ts';
import type { Transport } from '../../transports/transport.ts';
import { starDrawerPulse, starReceiptParts } from './compile.ts';
import { documentId } from './document-id.ts';
import { StarStatusLink } from './status-link.ts';

/** ESC GS ETX first: it names the job. Older Line Mode printers have ETB, whose counter tells them apart by order. */
const WAYS: Readonly<Partial<Record<Proof, readonly Proof[]>>> = {
  etx: ['etx', 'etb'],
  etb: ['etb'],
};
/** s of ESC GS ETX: the answer waited for the end of the print. */
const WAITED = 1;
/** The ETB counter has five bits. */
const ETB_MODULUS = 32;
/** On USB some models do not report by themselves: then the counter must be asked for, this often, ms. */
const COUNTER_LOOK_MS = 1_000;

/** StarPRNT and Star Line Mode on one open link. */
export class StarTongue implements Tongue {
  confirm: Proof;
  readonly #settings: TongueSettings;
  readonly #link: StarStatusLink;
  #documentId = 0;
  #printedId: number | undefined;
  /** ETBs sent since the counter was cleared, which is when this link was opened. */
  #etbs = 0;
  #etbSeen: number | undefined;
  /** The clearing of the counter has been seen: before that its number may be left from another page. */
  #isCleared = false;

  constructor(transport: Transport, settings: TongueSettings) {
    this.#settings = settings;
    this.confirm = settings.profile.confirm;
    const { timers, press } = settings;
    this.#link = new StarStatusLink({
      transport,
      timers,
      gb18030: press.gb18030,
      onReply: (reply) => this.#hear(reply),
    });
  }

  get facts(): PrinterFacts {
    return this.#link.facts;
  }

  compile({ document, kickDrawer }: PrintJob) {
    const { profile, press } = this.#settings;
    return starReceiptParts(document, profile, press, kickDrawer);
  }

  pulse() {
    const { profile, press } = this.#settings;
    return encodeStar([starDrawerPulse(profile)], 'gb18030', press.gb18030).bytes;
  }

  /** The counter starts at 0 before status is switched on: both are worked off in order, so the first status shows 0. */
  greet(): void {
    this.#link.tell({ op: 'clear-etb' }, { op: 'status-back', on: true }).catch(() => undefined);
  }

  look(): Promise<boolean> {
    return this.#link.look();
  }

  ways(): readonly Proof[] {
    return WAYS[this.confirm] ?? [];
  }

  ask(way: Proof, jobId: string): ProofQuestion {
    return way === 'etx' ? this.#askByName(jobId) : this.#askByOrder();
  }

  giveUp(): void {
    // An answer carries its job's name or number: one that comes late is not taken for the next job's.
  }

  #askByName(jobId: string): ProofQuestion {
    const id = documentId(jobId, this.#documentId);
    this.#documentId = id;
    this.#printedId = undefined;
    return {
      sent: this.#link.tell({ op: 'confirm', id }),
      answeredBy: () => (this.#printedId === id ? 'etx' : undefined),
    };
  }

  #askByOrder(): ProofQuestion {
    this.#etbs += 1;
    const wanted = this.#etbs % ETB_MODULUS;
    return {
      sent: this.#link.tell({ op: 'etb' }),
      answeredBy: () => (this.#isCleared && this.#etbSeen === wanted ? 'etb' : undefined),
      lookEveryMs: COUNTER_LOOK_MS,
    };
  }

  #hear(reply: StarReply): void {
    if (reply.kind === 'counter' && reply.asked === WAITED) this.#printedId = reply.id;
    if (reply.kind === 'status' && reply.etbCounter !== undefined) {
      this.#etbSeen = reply.etbCounter;
      if (reply.etbCounter === 0) this.#isCleared = true;
    }
    this.#settings.heard();
  }
}
