import type { DeviceSession } from '../driver.ts';
import type { PaymentTerminal, TerminalAnswer, TerminalOrder } from '../ports.ts';
import type { KeptLink } from './kept-link.ts';

/** A payment terminal on one open link. */
export interface TerminalSession extends DeviceSession, Omit<PaymentTerminal, 'link' | 'subscribe'> {}

const NO_LINK: TerminalAnswer = { kind: 'no-answer', reason: 'lost' };

/** The till's payment terminal as flows see it: there from the start, whether or not one is plugged in. */
export class KeptTerminal<Settings> implements PaymentTerminal {
  readonly kept: KeptLink<TerminalSession, Settings>;

  constructor(kept: KeptLink<TerminalSession, Settings>) {
    this.kept = kept;
  }

  get link(): 'connected' | 'absent' {
    return this.kept.session === undefined ? 'absent' : 'connected';
  }

  get storesOffline(): boolean {
    return this.kept.session?.storesOffline ?? false;
  }

  subscribe(listener: () => void): () => void {
    return this.kept.subscribe(listener);
  }

  async pay(order: TerminalOrder, signal: AbortSignal): Promise<TerminalAnswer> {
    return this.kept.session?.pay(order, signal) ?? NO_LINK;
  }

  async inquire(reference: string): Promise<TerminalAnswer> {
    return this.kept.session?.inquire(reference) ?? NO_LINK;
  }

  async reverse(reference: string): Promise<TerminalAnswer> {
    return this.kept.session?.reverse(reference) ?? NO_LINK;
  }
}
