import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from '../components/icons.ts';
import '../components/pos-dialog.ts';
import { HelpPage } from '../state/help-page.ts';
import { placeOf } from '../state/help-place.ts';
import type { Route } from '../state/route.ts';
import { base, buttons } from '../styles/shared.ts';

/**
 * A few lines about the page behind it, for whoever has never seen it.
 *
 * @fires pos-close - it was closed
 */
@customElement('part-help')
export class PartHelp extends HelpPage {
  static override styles = [
    base,
    buttons,
    css`
      .lines {
        display: grid;
        gap: var(--space-12);
        font-size: var(--text-17);
        line-height: 1.5;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap);
        margin-top: 18px;
      }
    `,
  ];

  @property({ type: Boolean }) shown = false;
  @property({ attribute: false }) route: Route = { at: 'till' };

  override render() {
    const { checkout, session } = this.services;
    const place = placeOf(this.route, this.follow(checkout.state));
    return html`<pos-dialog .shown=${this.shown} .heading=${this.h(`help.${place}.title`)} .closing=${this.t('common.close')}>
      <div class="lines" data-testid="help-text" data-place=${place}>
        ${this.h(`help.${place}.text`)
          .split('\n')
          .map((line) => html`<p>${line}</p>`)}
      </div>
      <div class="ways">
        <a class="button other" href="#/help" data-testid="to-codes" @click=${this.#close}>${icon('find')} ${this.h('help.codes')}</a>
        ${
          session.training
            ? html`<button type="button" class="button other" data-testid="guide-again" @click=${this.#guide}>${icon('training')} ${this.h('help.guide-again')}</button>`
            : nothing
        }
      </div>
    </pos-dialog>`;
  }

  readonly #guide = (): void => {
    this.services.welcome.restartGuide();
    location.hash = '#/till';
    this.#close();
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('pos-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'part-help': PartHelp;
  }
}
