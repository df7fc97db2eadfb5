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
        border-left: 6px solid var(--warn);
        border-radius: 4px var(--radius) var(--radius) 4px;
        background: var(--panel);
        color: var(--ink);
        padding: 12px 14px;
        text-align: left;
      }
      h2 {
        display: flex;
        gap: 8px;
        align-items: center;
        font-size: 1.0625rem;
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
        margin: 8px 0;
      }
      li {
        display: flex;
        gap: 8px;
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
      :host([compact]) ul,
      :host([compact]) .code {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) article: Article | undefined;

  override render() {
    const { article } = this;
    if (article === undefined) return nothing;
    return html`<div role="alert" data-testid="problem" data-code=${article.code}>
      <h2>${icon('alert', 22)}<span>${article.title}</span></h2>
      <p>${article.meaning}</p>
      <ul>
        ${[article.money, article.data, article.retry].map((each) => html`<li>${icon('next', 16)}<span>${each}</span></li>`)}
      </ul>
      <p class="action">${article.action}</p>
      <p class="code">${article.code}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-article': PosArticle;
  }
}
