import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PrinterWizardRunner } from '../../flow/devices/printer-wizard-runner.ts';
import { wizardWords } from '../../i18n/wizard-words.ts';
import type { WizardKey } from '../../i18n/zh-cn-wizard.ts';
import { icon } from '../components/icons.ts';
import { Page } from '../state/page.ts';
import { base, buttons } from '../styles/shared.ts';

/** A wizard that has begun. */
export interface BegunWizard {
  readonly runner: PrinterWizardRunner;
  /** Lines on the simulated printer's paper by then. */
  readonly linesBefore: number;
}

/**
 * The way into the printer's wizard: a proposal where it was never walked, a button where it was.
 *
 * @fires pos-wizard - it has begun, and waits to be shown
 */
@customElement('part-wizard-offer')
export class PartWizardOffer extends Page {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-8);
        justify-items: start;
      }
      :host([proposing]) {
        padding: var(--space-16);
        border-inline-start: 6px solid var(--accent);
        border-radius: var(--radius);
        background: var(--case);
      }
      h3 {
        font-size: var(--text-17);
      }
      .note {
        color: var(--ink-dim);
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) proposing = false;
  /** How the last one ended, or why it could not begin. */
  @property() note: WizardKey | undefined;
  @state() private isBeginning = false;

  override render() {
    const w = wizardWords(this.translator);
    const { printer } = this.follow(this.services.devices.state);
    const isReady = printer.link === 'connected' && printer.job === 'idle' && !this.isBeginning;
    return html`
      ${this.proposing ? html`<div role="status" data-testid="wizard-proposal"><h3>${w('offer.title')}</h3><p>${w('offer.text')}</p></div>` : nothing}
      <button type="button" class="button ${this.proposing ? 'primary' : ''}" data-testid="wizard-open" ?disabled=${!isReady} @click=${this.#begin}>
        ${icon('scan')} ${w('open')}
      </button>
      ${this.note === undefined ? nothing : html`<p class="note" role="status" data-testid="wizard-note">${w(this.note)}</p>`}
    `;
  }

  override focus(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  readonly #begin = async (): Promise<void> => {
    this.note = undefined;
    this.isBeginning = true;
    // Shown or not begun: a slip without its question would only puzzle.
    const isLoaded = await import('./part-printer-wizard.ts').then(
      () => true,
      () => false,
    );
    const { devices } = this.services;
    const linesBefore = devices.paper.value.lines.length;
    const runner = isLoaded && this.isConnected ? await devices.wizard() : undefined;
    this.isBeginning = false;
    if (runner === undefined) this.note = isLoaded ? 'offer.not-now' : 'offer.not-loaded';
    else if (!this.isConnected) runner.send({ type: 'stop' });
    else this.#tell({ runner, linesBefore });
  };

  #tell(detail: BegunWizard): void {
    this.dispatchEvent(new CustomEvent('pos-wizard', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-wizard-offer': PartWizardOffer;
  }
  interface HTMLElementEventMap {
    'pos-wizard': CustomEvent<BegunWizard>;
  }
}
