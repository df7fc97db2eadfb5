import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ARTICLE_GROUPS, articleCodes, articleOf } from '../../i18n/articles.ts';
import type { Article } from '../../i18n/translator.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import { HelpPage } from '../state/help-page.ts';
import { fields, reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';

/** What every code means: by its code, or by a word of its text. All of it is on this device. */
@customElement('page-help')
export class PageHelp extends HelpPage {
  static override styles = [
    base,
    buttons,
    panels,
    reading,
    fields,
    css`
      .why {
        max-width: 46em;
        color: var(--ink-dim);
      }
      .groups {
        display: grid;
        gap: var(--space-12);
        align-items: start;
      }
      @media (min-width: 900px) {
        .groups {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      li a {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 20px;
        align-items: center;
        gap: 2px var(--space-12);
        min-height: 56px;
        padding: 6px 0;
        color: var(--ink);
        text-decoration: none;
      }
      li + li a {
        border-top: 1px solid var(--line);
      }
      li a:hover strong {
        text-decoration: underline;
      }
      li strong {
        display: block;
        font-weight: 600;
      }
      li strong::first-letter {
        text-transform: uppercase;
      }
      li code {
        font-family: var(--font-mono);
        font-size: var(--text-13);
        color: var(--ink-dim);
        overflow-wrap: anywhere;
      }
      .found {
        color: var(--ink-dim);
        font-weight: 600;
      }
      .none {
        display: grid;
        gap: var(--space-8);
      }
      .one {
        max-width: 640px;
      }
    `,
  ];

  /** The one code that is explained; absent: all of them, and a search. */
  @property() code: string | undefined;
  @state() private text = '';

  override render() {
    return html`<div class="column">
      <div class="title">
        <button type="button" class="button icon other" data-testid="help-back" aria-label=${this.t('common.back')} @click=${this.#back}>${icon('back')}</button>
        <h1 tabindex="-1">${this.h('help.codes')}</h1>
      </div>
      ${this.code === undefined ? this.#all() : this.#one(this.code)}
    </div>`;
  }

  #one(code: string) {
    const article = articleOf(code, this.translator);
    return html`<div class="one stack">
      ${
        article === undefined
          ? html`<section class="panel none" data-testid="help-none"><h2>${this.h('help.codes-none')}</h2><p>${this.h('help.codes-none-why')}</p><p class="figure">${code}</p></section>`
          : html`<pos-article calm .article=${article}></pos-article>`
      }
      <a class="button other" href="#/help" data-testid="help-all">${icon('find')} ${this.h('help.all-codes')}</a>
    </div>`;
  }

  #all() {
    const groups = ARTICLE_GROUPS.map((group) => ({
      group,
      articles: articleCodes(group).flatMap((code) => {
        const article = articleOf(code, this.translator);
        return article !== undefined && this.#isAsked(code, article) ? [{ code, article }] : [];
      }),
    })).filter(({ articles }) => articles.length > 0);
    const count = groups.reduce((all, { articles }) => all + articles.length, 0);
    return html`
      <p class="why">${this.h('help.codes-why')}</p>
      <input
        type="search"
        class="text"
        data-testid="help-find"
        autocomplete="off"
        aria-label=${this.h('help.codes-hint')}
        placeholder=${this.h('help.codes-hint')}
        @input=${this.#typed}
      />
      <p class="found" role="status" data-testid="help-found">${this.text === '' ? nothing : this.h('help.found', { count })}</p>
      ${count === 0 ? this.#none() : nothing}
      <div class="groups">
        ${groups.map(
          ({ group, articles }) => html`<section class="panel">
            <h2>${this.h(`help.group.${group}`)}</h2>
            <ul>${articles.map(({ code, article }) => this.#link(code, article))}</ul>
          </section>`,
        )}
      </div>
    `;
  }

  #link(code: string, { title }: Article) {
    return html`<li><a href="#/help/${code}" data-testid="help-code"><span><strong>${title}</strong><code>${code}</code></span>${icon('next', 20)}</a></li>`;
  }

  /** A reason of a bank or a wallet is no code of ours, but its family is. */
  #none() {
    const article = articleOf(this.text.trim(), this.translator);
    return article === undefined
      ? html`<section class="panel none" data-testid="help-none"><h2>${this.h('help.codes-none')}</h2><p>${this.h('help.codes-none-why')}</p></section>`
      : html`<pos-article calm .article=${article}></pos-article>`;
  }

  #isAsked(code: string, { title, meaning, action }: Article): boolean {
    const asked = this.text.trim().toLowerCase();
    return asked === '' || `${code} ${title} ${meaning} ${action}`.toLowerCase().includes(asked);
  }

  readonly #typed = (event: InputEvent): void => {
    if (event.target instanceof HTMLInputElement) this.text = event.target.value;
  };

  /** To where the code was shown; a page that begins here has nothing behind it. */
  readonly #back = (): void => {
    if (history.length > 1) history.back();
    else location.hash = '#/till';
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-help': PageHelp;
  }
}
