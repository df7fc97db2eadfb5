import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StorageTrouble } from '../../domain/journal.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import { Page } from '../state/page.ts';
import { base, buttons } from '../styles/shared.ts';

/**
 * Why the till cannot be used here and now: storage refuses, or another tab is the one that sells.
 *
 * @slot - a way out with what is stored
 */
@customElement('page-blocked')
export class PageBlocked extends Page {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        min-height: 100%;
        align-content: center;
        justify-items: center;
        gap: var(--space-16);
        padding: var(--space-20);
        background: var(--case);
        color: var(--ink);
        text-align: center;
      }
      .sign {
        display: grid;
        place-items: center;
        width: 96px;
        height: 96px;
        border-radius: var(--radius-xl);
        background: var(--warn);
        color: var(--warn-ink);
      }
      .sign.bad {
        background: var(--bad);
        color: var(--bad-ink);
      }
      h1 {
        font-size: clamp(1.5rem, 5vw, 2.25rem);
        line-height: 1.25;
      }
      p {
        max-width: 34em;
        font-size: var(--text-17);
      }
      pos-article {
        max-width: 560px;
      }
    `,
  ];

  /** `reader`: another tab holds the till. */
  @property({ attribute: false }) reason: StorageTrouble | 'reader' | 'page-not-loaded' = 'reader';

  override render() {
    const { t } = this.translator;
    const isReader = this.reason === 'reader';
    return html`
      <div class="sign ${isReader ? '' : 'bad'}">${icon(isReader ? 'copy' : 'alert', 56)}</div>
      <h1 tabindex="-1">${t(isReader ? 'reader.title' : 'blocked.title')}</h1>
      ${
        this.reason === 'reader'
          ? html`<p data-testid="reader">${t('reader.text')}</p>
              <a class="button primary" href="#/orders">${icon('orders')} ${t('reader.orders')}</a>`
          : html`<pos-article data-testid="blocked" .article=${this.translator.article(this.reason, this.reason === 'page-not-loaded' ? 'flow' : 'storage')}></pos-article>`
      }
      ${
        isReader
          ? nothing
          : html`<button type="button" class="button primary" data-testid="reload" @click=${() => location.reload()}>${icon('update')} ${t('blocked.again')}</button>`
      }
      <slot></slot>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-blocked': PageBlocked;
  }
}
