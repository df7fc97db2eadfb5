import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../components/icons.ts';
import '../components/pos-amount.ts';
import '../components/pos-article.ts';
import '../components/pos-lines.ts';
import '../components/pos-stage.ts';
import { Page } from '../state/page.ts';
import { shownLines } from '../state/shown-lines.ts';
import { slipWords } from '../state/slip-words.ts';
import { base, buttons } from '../styles/shared.ts';

/**
 * The money is taken and the disk refuses to say so. Blocks the till, shows what must not be lost in large type, and never
 * looks like a paid sale.
 */
@customElement('page-unsaved')
export class PageUnsaved extends Page {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .what {
        display: grid;
        align-content: start;
        gap: var(--space-12);
      }
      h1 {
        font-size: var(--text-22);
        line-height: 1.25;
        color: var(--bad-text);
      }
      .reference {
        font: 700 clamp(1.25rem, 5.2vw, 2rem) / 1.2 var(--font-mono);
        letter-spacing: 0.02em;
        overflow-wrap: anywhere;
      }
      .label {
        color: var(--ink-dim);
        font-weight: 600;
      }
      .trying {
        display: flex;
        gap: var(--space-8);
        align-items: center;
        font-weight: 650;
      }
      .trying svg {
        animation: turn var(--motion-wait) linear infinite;
      }
      @keyframes turn {
        to {
          rotate: 360deg;
        }
      }
    `,
  ];

  override render() {
    const sale = this.follow(this.services.checkout.state);
    if (sale.at !== 'unsaved') return html``;
    const { t } = this.translator;
    const printing = sale.slip.at === 'printing';
    return html`
      <pos-stage tone="bad" no-paper words>
        <pos-amount slot="display" tone="bad" .label=${t('unsaved.label')} .value=${this.money(sale.attempt.amount)}></pos-amount>
        <pos-lines
          slot="paper"
          fixed
          .lines=${shownLines(sale.sale.lines, sale.sale.currency, this.translator)}
          .words=${{ title: t('till.basket'), empty: '', remove: '', undo: '' }}
        ></pos-lines>
        <div slot="keys" class="what" data-testid="unsaved">
          <div role="alert"><h1 tabindex="-1">${t('unsaved.title')}</h1></div>
          <p>${t('unsaved.text')}</p>
          <div>
            <p class="label">${t('unsaved.reference')}</p>
            <p class="reference" data-testid="reference">${sale.attempt.attemptId.replace(/.{4}(?=.)/g, '$& ').toUpperCase()}</p>
          </div>
          <p class="trying" role="status">${icon('update')} <span data-testid="tries">${t('unsaved.tries', { count: sale.tries })}</span></p>
          <p role="status" data-testid="slip">${slipWords(sale.slip, this.translator).text}</p>
          <pos-article no-link .article=${this.translator.article(sale.trouble, 'storage', 'taken')}></pos-article>
        </div>
        <button
          slot="action"
          type="button"
          class="button primary big"
          data-testid="print"
          ?disabled=${printing}
          @click=${() => this.services.checkout.send({ type: 'print' })}
        >
          ${icon('printer', 30)} ${t(printing ? 'slip.printing' : 'unsaved.print')}
        </button>
      </pos-stage>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-unsaved': PageUnsaved;
  }
}
