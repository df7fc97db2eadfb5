import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Article } from '../../i18n/translator.ts';
import { base } from '../styles/shared.ts';
import { icon } from './icons.ts';

/** An error in the words of the person who has to deal with it: what it means, money, data, retry, what to do. */
@customElement('pos-article')
export class PosArticle extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        border-inline-start: 6px solid var(--warn);
        border-radius: var(--radius);
        border-start-start-radius: 4px;
        border-end-start-radius: 4px;
        background: var(--panel);
        color: var(--ink);
        padding: 12px 14px;
        text-align: start;
      }
      h2 {
        display: flex;
        gap: var(--space-8);
        align-items: center;
        font-size: var(--text-17);
      }
      h2 span {
        display: block;
      }
      h2 span::first-letter {
        text-transform: uppercase;
      }
      ul {
        display: grid;
        gap: 2px;
        margin: var(--space-8) 0;
      }
      li {
        display: flex;
        gap: var(--space-8);
      }
      li svg {
        margin-top: 3px;
      }
      .action {
        font-weight: 650;
      }
      .code {
        margin-top: 6px;
        font: 0.8125rem var(--font-mono);
        color: var(--ink-dim);
      }
      a.code {
        display: inline-flex;
        align-items: center;
        min-height: var(--touch);
        color: var(--accent-text);
      }
      :host([compact]) ul,
      :host([compact]) .code {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) article: Article | undefined;
  /** It is read, and nothing has just happened: no alarm. */
  @property({ type: Boolean }) calm = false;
  /** Its page must not be left. */
  @property({ type: Boolean, attribute: 'no-link' }) noLink = false;

  override render() {
    const { article } = this;
    if (article === undefined) return nothing;
    return html`<div role=${this.calm ? 'group' : 'alert'} data-testid="problem" data-code=${article.code}>
      <h2>${icon('alert', 22)}<span>${article.title}</span></h2>
      ${article.meaning === '' ? nothing : html`<p>${article.meaning}</p>`}
      <ul>
        ${[article.money, article.data, article.retry].map((each) => html`<li>${icon('next', 16)}<span>${each}</span></li>`)}
      </ul>
      <p class="action">${article.action}</p>
      ${this.calm || this.noLink ? html`<p class="code">${article.code}</p>` : html`<a class="code" href="#/help/${article.code}" data-testid="explain-code">${article.code}</a>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-article': PosArticle;
  }
}
