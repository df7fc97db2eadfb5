import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { WizardEvent } from '../../flow/devices/printer-wizard.ts';
import type { PrinterWizardRunner } from '../../flow/devices/printer-wizard-runner.ts';
import type { DevicesState } from '../../flow/services.ts';
import type { Article } from '../../i18n/translator.ts';
import { type SayWizard, wizardWords } from '../../i18n/wizard-words.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import '../components/pos-paper.ts';
import { isSpokenFor } from '../state/keys.ts';
import { Page } from '../state/page.ts';
import { WIZARD_STAGES, type WizardView, wizardView } from '../state/wizard-view.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { wizardAsk } from './part-printer-wizard.asks.ts';
import { pictureStyles } from './part-printer-wizard.pictures.ts';
import { wizardStyles } from './part-printer-wizard.styles.ts';

/**
 * Finds out a printer's settings together with the person in front of it: one question a screen. Whatever ends it, leaving the
 * page too, the printer has its settings again.
 *
 * @fires pos-close - the person has finished or wants to stop, or the till has stopped it
 */
@customElement('part-printer-wizard')
export class PartPrinterWizard extends Page {
  static override styles = [base, buttons, panels, pictureStyles, wizardStyles];

  @property({ attribute: false }) runner: PrinterWizardRunner | undefined;
  /** Lines that the simulated printer had made before. */
  @property({ type: Number }) linesBefore = 0;
  #shown = '';
  #stopFollowing: () => void = () => undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#pressed);
    // Before the slip is on its way, and so before its first line.
    this.#stopFollowing =
      this.runner?.state.subscribe(() => {
        if (this.runner?.state.value.step.at === 'printing')
          this.linesBefore = this.services.devices.paper.value.lines.length;
      }) ?? this.#stopFollowing;
  }

  override disconnectedCallback(): void {
    window.removeEventListener('keydown', this.#pressed);
    this.#stopFollowing();
    super.disconnectedCallback();
    // Nobody is told any more: whoever has taken this away knows.
    this.runner?.send({ type: 'stop' });
  }

  override render() {
    if (this.runner === undefined) return nothing;
    const wizard = this.follow(this.runner.state);
    const state = this.follow(this.services.devices.state);
    const view = wizardView(wizard);
    const w = wizardWords(this.translator);
    const { translator } = this;
    const isStalled = state.printer.job === 'stalled';
    const said = { wizard, w, translator, isStalled, send: this.#send, close: this.#close };
    const ask = wizardAsk(view.scene, said);
    const trouble = this.#trouble(view, state);
    const hasSide = ask.picture !== undefined || state.simulated;
    return html`
      ${this.#top(view, w)}
      <section class="panel" aria-labelledby="ask" data-testid="wizard" data-scene=${view.scene}>
        <div class=${hasSide ? 'ask' : 'alone'}>
          <div class="stack">
            <h2 id="ask" tabindex="-1">${ask.title}</h2>
            ${ask.how === '' ? nothing : html`<p>${ask.how}</p>`}
            ${trouble === undefined ? nothing : whyNot(translator.article(trouble, 'print'), isStalled)}
          </div>
          ${hasSide ? html`<div class="side">${ask.picture ?? nothing} ${state.simulated ? this.#screen(w) : nothing}</div>` : nothing}
          <div class="stack answers">
            ${ask.body ?? nothing}
            ${
              isStalled
                ? html`<button type="button" class="button danger wide" data-testid="wizard-give-up" @click=${() => this.services.devices.abandonJob()}>${w('give-up')}</button>`
                : nothing
            }
          </div>
        </div>
        ${
          wizard.trail.length === 0 || view.stage === undefined
            ? nothing
            : html`<div class="actions"><button type="button" class="button quiet" data-testid="wizard-back" @click=${() => this.#send({ type: 'back' })}>${icon('back')} ${w('back')}</button></div>`
        }
      </section>
    `;
  }

  #top({ stage }: WizardView, w: SayWizard) {
    const at = stage === undefined ? WIZARD_STAGES.length : WIZARD_STAGES.indexOf(stage);
    const said = stage === undefined ? '' : w('progress', { step: at + 1, of: WIZARD_STAGES.length });
    return html`<div class="top">
      <h1 tabindex="-1">${w('title')}</h1>
      ${stage === undefined ? nothing : html`<button type="button" class="button other" data-testid="wizard-stop" @click=${this.#close}>${icon('cross')} ${w('stop')}</button>`}
    </div>
    <p class="progress" role="status" aria-live="polite" data-testid="wizard-progress">${said}</p>
    <ol class="stages">
      ${WIZARD_STAGES.map(
        (each, index) =>
          html`<li class=${index < at ? 'over' : index === at ? 'now' : ''} aria-current=${index === at ? 'step' : nothing}>
            ${index < at ? icon('check', 18) : nothing}<span>${w(`step.${each}`)}</span>
          </li>`,
      )}
    </ol>`;
  }

  /** Why the paper does not come, or will not come next. */
  #trouble({ scene }: WizardView, { printer }: DevicesState): string | undefined {
    const step = this.runner?.state.value.step;
    if (step?.at === 'stuck') return step.reason === 'nothing-came' ? undefined : step.reason;
    if (printer.job === 'stalled') {
      if (printer.cover === 'open') return 'cover-open';
      return printer.paper === 'end' ? 'paper-end' : 'timeout';
    }
    const isGone = scene.startsWith('ask-') && printer.link === 'absent';
    return isGone ? (printer.trouble ?? 'no-printer') : undefined;
  }

  /** The paper of this trial alone: what is asked about is the last slip. */
  #screen(w: SayWizard) {
    const paper = this.follow(this.services.devices.paper);
    const shown = { ...paper, lines: paper.lines.slice(this.linesBefore) };
    return html`<div class="screen-paper" data-testid="wizard-screen">
      <p class="dim">${w('picture.screen')} · ${this.t('devices.kicks', { count: paper.drawerKicks })}</p>
      ${shown.lines.length === 0 ? nothing : html`<pos-paper .paper=${shown} .label=${w('picture.screen')}></pos-paper>`}
    </div>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (this.runner === undefined || !this.isConnected) return;
    const { key, scene } = wizardView(this.runner.state.value);
    if (key === this.#shown) return;
    this.#shown = key;
    if (scene === 'stopped') return this.#close();
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  readonly #send = (event: WizardEvent): void => this.runner?.send(event);

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('pos-close', { bubbles: true, composed: true }));
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || isSpokenFor(event)) return;
    event.preventDefault();
    this.#close();
  };
}

/** A slip that still waits has not failed: what to do then is said above, and the advice for a slip that ended would mislead. */
const whyNot = (article: Article, isStalled: boolean) =>
  isStalled
    ? html`<p class="held" role="alert" data-testid="problem" data-code=${article.code}>${icon('alert', 22)} <strong>${article.title}</strong></p>`
    : html`<pos-article .article=${article}></pos-article>`;

declare global {
  interface HTMLElementTagNameMap {
    'part-printer-wizard': PartPrinterWizard;
  }
}
