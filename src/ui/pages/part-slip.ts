import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import type { Paper } from '../../flow/services.ts';
import '../components/pos-paper.ts';
import '../components/pos-receipt.ts';
import { Page } from '../state/page.ts';
import { base } from '../styles/shared.ts';

/**
 * A slip as the counter's printer prints it. A screen reader is given the same slip as text; so is everybody when it cannot be drawn.
 */
@customElement('part-slip')
export class PartSlip extends Page {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        background: var(--slip);
      }
    `,
  ];

  @property({ attribute: false }) document: ReceiptDocument | undefined;
  @state() private paper: Paper | 'none' | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('document')) void this.#draw(this.document);
  }

  override render() {
    const { document, paper } = this;
    if (document === undefined || paper === undefined) return nothing;
    const words = html`<pos-receipt class=${paper === 'none' ? '' : 'heard'} .document=${document}></pos-receipt>`;
    return paper === 'none'
      ? words
      : html`<pos-paper aria-hidden="true" .paper=${paper}></pos-paper>${words}`;
  }

  async #draw(document: ReceiptDocument | undefined): Promise<void> {
    this.paper = undefined;
    if (document === undefined) return;
    const paper = await this.services.devices.preview(document).catch(() => 'none' as const);
    // Another slip may have been asked for meanwhile.
    if (this.document === document) this.paper = paper;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-slip': PartSlip;
  }
}
