import type { PrinterStatus } from '../devices/ports.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeviceMoment } from '../flow/counter-devices.ts';

/** The printer's comings and goings, as the other places of the counter tell theirs: for its panel, and for the report. */
export class PrinterSightings {
  readonly #clock: Clock;
  readonly #happened: (moment: DeviceMoment) => void;
  #link: PrinterStatus['link'] = 'absent';
  #trouble: PrinterStatus['trouble'];
  #lastSeenMs: number | undefined;

  constructor(around: { readonly clock: Clock; readonly happened: (moment: DeviceMoment) => void }) {
    this.#clock = around.clock;
    this.#happened = around.happened;
  }

  /** When it was last connected, ms since 1970. Undefined: not since the page was opened. */
  get lastSeenMs(): number | undefined {
    return this.#lastSeenMs;
  }

  /** To be called on every change. */
  look({ link, trouble }: Pick<PrinterStatus, 'link' | 'trouble'>): void {
    if (link === 'connected' || this.#link === 'connected') this.#lastSeenMs = this.#clock.now();
    if (link === this.#link && trouble === this.#trouble) return;
    const was = this.#link;
    this.#link = link;
    this.#trouble = trouble;
    if (link === 'connected' && was !== 'connected') this.tell('connected');
    else if (link !== 'connected' && was === 'connected') this.tell('gone');
    else if (link === 'absent' && isDeviceTrouble(trouble)) this.tell(trouble);
  }

  tell(what: DeviceMoment['what']): void {
    if (what === 'forgotten') this.#lastSeenMs = undefined;
    this.#happened({ atMs: this.#clock.now(), place: 'printer', what });
  }
}

/** What is wrong with the link, not with a slip. */
const isDeviceTrouble = (
  trouble: PrinterStatus['trouble'],
): trouble is DeviceMoment['what'] & typeof trouble =>
  trouble !== undefined && trouble !== 'no-confirmation' && trouble !== 'no-printer';
