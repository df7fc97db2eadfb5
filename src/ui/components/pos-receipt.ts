import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { directionOf } from '../../domain/language.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../domain/receipt.ts';
import { base } from '../styles/shared.ts';
import './pos-qr.ts';

/**
 * A receipt as HTML: on the screen as a preview, and on paper through the system's print dialog when no receipt printer is
 * there. Black on white in either theme.
 */
@customElement('pos-receipt')
export class PosReceipt extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        background: var(--slip);
        color: var(--slip-ink);
        padding: 16px 14px;
        font-size: var(--text-15);
        line-height: 1.45;
        font-variant-numeric: tabular-nums;
      }
      .pair,
      .item .figures {
        display: flex;
        justify-content: space-between;
        gap: var(--space-12);
      }
      .pair > :last-child,
      .figures > :last-child {
        white-space: nowrap;
        text-align: end;
      }
      .text,
      .name,
      .pair > :first-child {
        overflow-wrap: anywhere;
      }
      .figures {
        color: var(--slip-dim);
      }
      .center {
        text-align: center;
      }
      .right {
        text-align: end;
      }
      .bold,
      .large,
      .huge {
        font-weight: 700;
      }
      .large {
        font-size: 1.3em;
      }
      .huge {
        font-size: 1.9em;
        line-height: 1.25;
      }
      hr {
        margin: 6px 0;
        border: 0;
        border-top: 1px dashed var(--slip-rule);
      }
      hr.double {
        border-top: 3px double var(--slip-dim);
      }
      .code {
        display: grid;
        justify-items: center;
        gap: var(--space-4);
        margin: var(--space-8) 0;
        text-align: center;
        font-size: 0.875em;
      }
      .feed {
        height: 1em;
      }
      @media print {
        :host {
          padding: 0;
          background: none;
          font-size: 10pt;
        }
      }
    `,
  ];

  @property({ attribute: false }) document: ReceiptDocument | undefined;

  override render() {
    const { document } = this;
    if (document === undefined) return nothing;
    return html`<article lang=${document.language} dir=${directionOf(document.language)} data-testid="receipt">${document.blocks.map(block)}</article>`;
  }
}

function block(each: ReceiptBlock) {
  const look =
    'size' in each || 'bold' in each ? `${each.size ?? 'normal'} ${each.bold === true ? 'bold' : ''}` : '';
  switch (each.kind) {
    case 'text':
      return html`<p class="text ${each.align ?? 'left'} ${look}">${each.text}</p>`;
    case 'pair':
      return html`<p class="pair ${look}"><span>${each.left}</span><span>${each.right}</span></p>`;
    case 'item':
      return html`<div class="item">
        <p class="name">${each.name}</p>
        <p class="figures"><span>${each.quantity} × ${each.price}</span><span>${each.amount}</span></p>
      </div>`;
    case 'rule':
      return html`<hr class=${each.character === '=' ? 'double' : ''} />`;
    case 'qr':
      return html`<div class="code"><pos-qr .data=${each.data} .label=${each.caption ?? ''}></pos-qr>${each.caption}</div>`;
    case 'feed':
      return Array.from({ length: each.lines }, () => html`<div class="feed"></div>`);
    default:
      return each satisfies never;
  }
}

/**
 * Opens the system's print dialog with the slip and nothing else on the page. Resolves when the dialog is closed; whether
 * paper came out nobody can know. The print rules are in styles/base.css.
 */
export async function printReceipt(receipt: ReceiptDocument, root: Document = document): Promise<void> {
  const element = root.createElement('pos-receipt');
  element.className = 'print-root';
  element.document = receipt;
  root.body.append(element);
  try {
    await element.updateComplete;
    root.defaultView?.print();
  } finally {
    element.remove();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-receipt': PosReceipt;
  }
}
