import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StripState } from '../../flow/services.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import '../components/pos-dialog.ts';
import { lamps } from '../state/lamps.ts';
import { Page } from '../state/page.ts';
import { base, buttons, panels } from '../styles/shared.ts';

/** The lamps of the strip in full sentences, with what can be done about each. */
@customElement('page-status')
export class PageStatus extends Page {
  static override styles = [
    base,
    buttons,
    panels,
    css`
      li {
        grid-template-columns: auto minmax(0, 1fr) auto;
        display: grid;
        align-items: center;
        gap: 14px;
        min-height: 60px;
        padding: var(--space-8) 0;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .sign {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        border-radius: var(--radius-m);
        background: var(--case-deep);
      }
      .sign.warn {
        background: var(--warn);
        color: var(--warn-ink);
      }
      .sign.bad {
        background: var(--bad);
        color: var(--bad-ink);
      }
      @media (max-width: 480px) {
        li {
          grid-template-columns: auto minmax(0, 1fr);
          row-gap: var(--space-8);
        }
        li > .button {
          grid-column: 2;
          justify-self: start;
        }
      }
      .till {
        margin-top: 10px;
        color: var(--ink-dim);
        font-size: var(--text-14);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ type: Boolean }) shown = false;

  override render() {
    const strip = this.follow(this.services.life.strip);
    const { t } = this.translator;
    return html`<pos-dialog .shown=${this.shown} .heading=${t('strip.title')} .closing=${t('common.close')}>
      <ul>
        ${lamps(strip, this.translator).map(
          (lamp) => html`<li>
            <span class="sign ${lamp.tone}">${icon(lamp.icon)}</span>
            <span data-testid="state-${lamp.id}">${lamp.long}</span>
            ${this.#action(lamp.id, strip)}
          </li>`,
        )}
      </ul>
      ${strip.sync === 'blocked' ? html`<pos-article .article=${this.translator.article(strip.syncProblem ?? '', 'server')}></pos-article>` : nothing}
      ${this.#head(strip)}
      <a class="button other wide" href="#/health" data-testid="to-health" @click=${this.#close}>${icon('disks')} ${t('settings.health')}</a>
    </pos-dialog>`;
  }

  #action(id: string, strip: StripState) {
    const { t } = this.translator;
    const { life } = this.services;
    const button = (testId: string, word: string, act: () => unknown) =>
      html`<button type="button" class="button other" data-testid=${testId} @click=${act}>${word}</button>`;
    if (id === 'sync' && strip.journal.unsynced > 0)
      return button('sync-now', t('strip.sync-now'), () => life.syncNow());
    if (id === 'printer')
      return html`<a class="button other" href="#/devices" @click=${this.#close}>${t('nav.devices')}</a>`;
    if (id === 'storage' && !strip.journal.persisted)
      return button('persist', t('settings.persist'), () => life.requestPersist());
    if (id === 'update' && strip.update === 'ready')
      return button('apply-update', t('settings.update'), () => life.applyUpdate());
    return html`<span></span>`;
  }

  #head({ journal }: StripState) {
    if (journal.head === undefined) return nothing;
    const { head, acknowledged } = journal;
    return html`<p class="till figure">
      ${this.t('strip.head', { head: `${head.epoch}-${head.seq}`, acknowledged: acknowledged === undefined ? '–' : `${acknowledged.epoch}-${acknowledged.seq}` })}
    </p>`;
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('pos-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-status': PageStatus;
  }
}
