import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon, mark } from '../components/icons.ts';
import { HelpPage } from '../state/help-page.ts';
import { base, buttons } from '../styles/shared.ts';

/** The offer to install, once, when a first sale is done. */
@customElement('part-install')
export class PartInstall extends HelpPage {
  static override styles = [
    base,
    buttons,
    css`
      section {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto auto;
        align-items: center;
        gap: var(--space-8);
        padding: var(--space-8) var(--space-4) var(--space-8) var(--space-12);
        border-radius: var(--radius);
        background: var(--panel);
      }
      h2 {
        font-size: var(--text-16);
        line-height: 1.2;
      }
      p {
        color: var(--ink-dim);
        font-size: var(--text-13);
        line-height: 1.3;
      }
    `,
  ];

  override render() {
    const { welcome, life } = this.services;
    if (!this.follow(welcome.offersInstall)) return html``;
    return html`<section aria-label=${this.h('install.title')} data-testid="install-offer">
      ${mark(40)}
      <div><h2>${this.h('install.title')}</h2><p>${this.h('install.why')}</p></div>
      <button type="button" class="button" data-testid="install-go" @click=${() => life.install()}>${this.h('install.go')}</button>
      <button type="button" class="button icon quiet" data-testid="install-later" aria-label=${this.h('install.later')} @click=${() => welcome.declineInstall()}>${icon('cross')}</button>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-install': PartInstall;
  }
}
