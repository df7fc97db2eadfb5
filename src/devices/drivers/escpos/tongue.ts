import { encodeEscPos } from '../../codecs/escpos/encode.ts';
import { type PrinterReply, STATUS_BACK_ALL } from '../../codecs/escpos/status.ts';
import type { PrintJob } from '../../ports.ts';
import type { TongueSettings } from '../../printing/driver.ts';
import type { PrinterFacts, Proof, ProofQuestion, Tongue } from '../../printing/tongue.ts';
import type { Transport } from '../../transports/transport.ts';
import { drawerPulse, receiptParts } from './compile.ts';
import { confirmationId, OrderedAnswers } from './confirmation.ts';
import { StatusLink } from './status-link.ts';

/** GS ( H first: it names the job. A printer that leaves it unanswered may still answer GS r. */
const WAYS: Readonly<Partial<Record<Proof, readonly Proof[]>>> = {
  'gs-h': ['gs-h', 'gs-r'],
  'gs-r': ['gs-r'],
};

/** What GS I is asked for, the most useful first. */
const WHO = ['model', 'firmware', 'serial', 'maker'] as const;

/** GS r 1 answers with bits 0–3 only; a byte with others is no answer to it. */
const isPaperAnswer = (byte: number): boolean => byte < 0x10;

/** ESC/POS on one open link. */
export class EscPosTongue implements Tongue {
  confirm: Proof;
  readonly #transport: Transport;
  readonly #settings: TongueSettings;
  readonly #link: StatusLink;
  readonly #answers = new OrderedAnswers();
  #confirmedId = '';

  constructor(transport: Transport, settings: TongueSettings) {
    this.#transport = transport;
    this.#settings = settings;
    this.confirm = settings.profile.confirm;
    const { timers, press } = settings;
    this.#link = new StatusLink({
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
    return receiptParts(document, profile, press, kickDrawer);
  }

  pulse() {
    const { profile, press } = this.#settings;
    return encodeEscPos([drawerPulse(profile)], 'gb18030', press.gb18030).bytes;
  }

  /** Three bytes that a printer without it steps over. */
  greet(): void {
    const ignored = () => undefined;
    this.#link.tell({ op: 'status-back', mask: STATUS_BACK_ALL }).catch(ignored);
  }

  /** Only where the command set of Epson is known: an older clone may print the question. */
  async introduce(turn: (write: () => Promise<void>) => Promise<void>): Promise<void> {
    if (this.confirm !== 'gs-h') return;
    const unknown = WHO.filter((what) => what !== 'model' || this.#transport.name === '');
    for (const what of unknown) if (!(await this.#link.identify(what, turn))) return;
  }

  look(): Promise<boolean> {
    return this.#link.look();
  }

  ways(): readonly Proof[] {
    return WAYS[this.confirm] ?? [];
  }

  ask(way: Proof, jobId: string): ProofQuestion {
    const id = confirmationId(jobId);
    const question = way === 'gs-r' ? this.#answers.ask() : 0;
    return {
      sent: this.#link.tell(way === 'gs-h' ? { op: 'confirm', id } : { op: 'ask', about: 'paper' }),
      answeredBy: () => {
        if (this.#confirmedId === id) return 'gs-h';
        return question > 0 && this.#answers.isAnswered(question) ? 'gs-r' : undefined;
      },
    };
  }

  giveUp(): void {
    this.#answers.giveUp();
  }

  #hear(reply: PrinterReply): void {
    if (reply.kind === 'confirmed') {
      this.#confirmedId = reply.id;
      // It can, after all: it was only late.
      this.confirm = 'gs-h';
    }
    if (reply.kind === 'answer' && isPaperAnswer(reply.byte)) this.#answers.answer();
    this.#settings.heard();
  }
}
