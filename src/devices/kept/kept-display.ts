import type { DisplayContent } from '../../domain/display.ts';
import type { DeviceSession } from '../driver.ts';
import type { CustomerDisplay } from '../ports.ts';
import type { KeptLink } from './kept-link.ts';

/** A pole display on one open link. */
export interface PoleSession extends DeviceSession {
  /** Shows this from now on. Of several while the line is busy only the last is written. */
  show(content: DisplayContent): void;
}

/** The till's pole display as flows see it: a pole that comes back is shown at once what the customer should see. */
export class KeptDisplay<Settings> implements CustomerDisplay {
  readonly kept: KeptLink<PoleSession, Settings>;
  #content: DisplayContent = { show: 'idle' };
  #session: PoleSession | undefined;

  constructor(kept: KeptLink<PoleSession, Settings>) {
    this.kept = kept;
    this.kept.subscribe(() => {
      if (this.#session === this.kept.session) return;
      this.#session = this.kept.session;
      this.#session?.show(this.#content);
    });
  }

  get link(): CustomerDisplay['link'] {
    return this.kept.session === undefined ? 'absent' : 'connected';
  }

  show(content: DisplayContent): void {
    this.#content = content;
    this.kept.session?.show(content);
  }
}
