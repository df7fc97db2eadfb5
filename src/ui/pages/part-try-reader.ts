import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ReaderTrial } from '../../flow/counter-devices.ts';
import { paymentSpeaker } from '../../i18n/payment-words.ts';
import { deviceIcon } from '../components/device-icons.ts';
import { icon } from '../components/icons.ts';
import { CounterPage } from '../state/counter-page.ts';
import { base, buttons } from '../styles/shared.ts';
import { trialStyles } from './part-trial.styles.ts';

/** Reads one card without money: the reader's own prompts, live, and whether it works. Leaving the page calls it off. */
@customElement('part-try-reader')
export class PartTryReader extends CounterPage {
  static override styles = [
    base,
    buttons,
    trialStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-12);
        justify-items: start;
      }
      .screen,
      p {
        width: 100%;
      }
    `,
  ];

  @state() private said = '';
  @state() private result: ReaderTrial | undefined;
  @state() private running: AbortController | undefined;

  override disconnectedCallback(): void {
    this.running?.abort();
    super.disconnectedCallback();
  }

  override render() {
    const { running, result } = this;
    // The reader is needed for money now.
    const isTaken = this.follow(this.services.checkout.state).at === 'paying';
    return html`<p>${this.c('try.reader')}</p>
      ${running === undefined ? nothing : html`<p class="screen" role="status" data-testid="reader-said">${this.said}</p>`}
      ${result === undefined ? nothing : this.#came(result)}
      ${
        running === undefined
          ? html`<button type="button" class="button" data-testid="reader-try" ?disabled=${isTaken} @click=${this.#go}>${deviceIcon('reader')} ${this.c('try.reader-go')}</button>`
          : html`<button type="button" class="button" data-testid="reader-stop" @click=${() => running.abort()}>${this.c('try.reader-stop')}</button>`
      }`;
  }

  #came(result: ReaderTrial) {
    const isRead = result === 'read';
    return html`<p class=${isRead ? 'works' : 'again'} role="status" data-testid="reader-result" data-result=${result}>
      ${icon(isRead ? 'check' : 'alert', 22)} <span>${this.c(`try.reader.${result}`)}</span>
    </p>`;
  }

  readonly #go = async (): Promise<void> => {
    const running = new AbortController();
    this.running = running;
    this.result = undefined;
    this.said = this.c('try.reader-starting');
    const result = await this.services.counter.tryReader((prompt) => {
      this.said = paymentSpeaker(this.translator).t(`live.prompt.${prompt}`);
    }, running.signal);
    this.running = undefined;
    this.result = result;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'part-try-reader': PartTryReader;
  }
}
