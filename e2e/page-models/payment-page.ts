import { expect, type Locator } from '@playwright/test';
import type { TillPage } from './till-page.ts';
import { wedge } from './wedge.ts';

type Way =
  | 'cash'
  | 'customer-code'
  | 'shop-code'
  | 'reader'
  | 'terminal'
  | 'static-code'
  | 'credit'
  | 'stored-value';

/** What the page of a payment under way says of it. */
type Kind = 'sending' | 'ask' | 'scan' | 'unknown' | 'undoing' | 'stuck';

/** The tender page and what follows it, as a cashier uses them. */
export class PaymentPage {
  readonly till: TillPage;

  constructor(till: TillPage) {
    this.till = till;
  }

  by(testId: string): Locator {
    return this.till.by(testId);
  }

  /** From the keypad to the tender page. */
  async charge(amount: string): Promise<void> {
    await this.till.keys(amount);
    await this.by('charge').click();
    await this.armed('confirm-cash');
  }

  /** A page takes no press in its first moment, so that a double tap cannot pass through two of them. */
  async armed(testId: string): Promise<Locator> {
    const button = this.by(testId);
    await expect(button).toHaveAttribute('aria-disabled', 'false');
    return button;
  }

  /** Presses a button when its page takes presses. */
  async press(testId: string): Promise<void> {
    await (await this.armed(testId)).click();
  }

  async choose(way: Way): Promise<void> {
    const tile = this.by(`way-${way}`);
    // Until the server has said what it takes, and while it cannot be reached, a tile is shut.
    await expect(tile).not.toHaveAttribute('data-why', 'shut');
    await tile.click();
    await expect(tile).toHaveAttribute('aria-pressed', 'true');
  }

  /** As a scanner that acts as a keyboard does: the digits in one burst, then Enter. */
  async scan(code: string): Promise<void> {
    await wedge(this.till.page, code);
  }

  /** The next payment is for a part of what is owed. */
  async part(amount: string): Promise<void> {
    await this.by('split').click();
    await this.till.keys(amount);
    await this.press('confirm');
    await expect(this.by('split')).toHaveAttribute('aria-pressed', 'false');
  }

  /** The text of the QR code that is shown for the customer's phone. */
  shownCode(): Promise<string> {
    return this.by('pay-qr').evaluate((shown) => (shown as HTMLElement & { readonly data: string }).data);
  }

  async waits(kind: Kind): Promise<void> {
    await expect(this.by('paying')).toHaveAttribute('data-kind', kind, { timeout: 30_000 });
  }

  async done(): Promise<void> {
    await expect(this.by('done')).toBeVisible({ timeout: 30_000 });
  }

  /** The page that says in large letters that no money was taken, or that it went back. */
  async refused(result: 'declined' | 'reversed' | 'refunded'): Promise<void> {
    await expect(this.by('refused')).toHaveAttribute('data-result', result, { timeout: 30_000 });
  }

  /** After a refusal the customer pays in cash. */
  async cashInstead(): Promise<void> {
    await this.press('other-tender');
    await this.press('confirm-cash');
    await this.done();
  }

  /** What a manager says of a payment that the machine could not bring to an end. */
  async decide(
    as: 'approved' | 'declined' | 'reversed' | 'refunded',
    evidence: string,
    pin?: string,
  ): Promise<void> {
    await this.by('evidence').fill(evidence);
    await this.by(`decide-${as}`).click();
    await this.till.pin(pin);
  }

  /** A sale paid by the customer's code, up to the page that says 'paid', and on to the keypad. */
  async payByCode(amount: string, code: string): Promise<void> {
    await this.charge(amount);
    await this.choose('customer-code');
    await this.scan(code);
    await this.done();
    await this.till.next();
  }

  async openLastOrder(): Promise<void> {
    await this.till.go('orders');
    await this.by('order').first().click();
    await expect(this.by('refund')).toBeEnabled();
  }

  async refundAmount(amount: string): Promise<void> {
    await this.by('refund').click();
    await this.by('refund-by-amount').click();
    await this.by('refund-amount').fill(amount);
    await this.by('refund-start').click();
  }

  async openAuthorisations(): Promise<void> {
    await this.till.go('orders');
    await this.by('to-authorisations').click();
  }

  /** The bank has agreed; back to the list of holds. */
  async authorised(): Promise<void> {
    await expect(this.by('auth-done')).toBeVisible({ timeout: 30_000 });
    await this.by('auth-close').click();
  }
}
