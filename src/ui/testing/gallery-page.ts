import { css, html, LitElement, nothing } from 'lit';
import { base, buttons } from '../styles/shared.ts';
import type { Board } from './board.ts';
import { BOARDS } from './boards.ts';
import { OVER } from './boards-words.ts';
import { SCENES } from './scenes.ts';

/**
 * Every element of the house in every state, and links to every page in every state. Words are what a shop would read.
 * Without decorators: the page's own compiler settings leave this folder out.
 */
export class GalleryPage extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-20);
        padding: var(--space-16);
        background: var(--case);
        color: var(--ink);
      }
      .board {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(328px, 1fr));
        gap: var(--space-12);
        align-items: start;
      }
      .board.wide {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr));
      }
      h2 {
        grid-column: 1 / -1;
        font: 700 var(--text-18) var(--font-mono);
      }
      figure {
        display: grid;
        gap: var(--space-4);
        min-width: 0;
      }
      figcaption {
        color: var(--ink-dim);
        font-size: var(--text-13);
      }
      .band {
        height: 190px;
        min-height: 0;
        overflow: hidden;
        grid-template: 'display' 190px 'paper' 0 'keys' 0 'action' 0 / minmax(0, 1fr);
      }
      .huge {
        font-size: 2.5rem;
        line-height: 1.1;
      }
      .small {
        width: 160px;
      }
      .links {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
      }
      .links a {
        min-height: 24px;
      }
      .opened {
        display: block;
        width: 328px;
      }
    `,
  ];

  static override properties = { only: {}, over: {} };
  /** Shows this element alone; `all`: all of them without the links. */
  declare only: string;
  /** Shows this alone, over an empty page. */
  declare over: string;

  constructor() {
    super();
    this.only = '';
    this.over = '';
  }

  override render() {
    if (this.over !== '') return OVER[this.over];
    const boards = BOARDS.filter(({ element }) => element === this.only || ['', 'all'].includes(this.only));
    return html`${this.only === '' ? this.#links() : nothing}${boards.map((board) => this.#board(board))}`;
  }

  #board({ element, wide, specimens }: Board) {
    return html`<section class="board ${wide ? 'wide' : ''}" data-testid="board" aria-label=${element}>
      <h2>${element}</h2>
      ${specimens.map(({ state, view }) => html`<figure><figcaption>${state}</figcaption>${view}</figure>`)}
    </section>`;
  }

  #links() {
    return html`<h1>小机 Xiaoji</h1>
      <nav class="links" aria-label="Pages">${SCENES.map(({ name }) => html`<a href="?scene=${name}">${name}</a>`)}</nav>
      <nav class="links" aria-label="Over the page">${Object.keys(OVER).map((name) => html`<a href="?over=${name}">${name}</a>`)}</nav>`;
  }
}

customElements.define('gallery-page', GalleryPage);

declare global {
  interface HTMLElementTagNameMap {
    'gallery-page': GalleryPage;
  }
}
