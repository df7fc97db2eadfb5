import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ScanHeard } from '../../flow/counter-devices.ts';
import { icon } from '../components/icons.ts';
import { CounterPage } from '../state/counter-page.ts';
import { ScanCatcher } from '../state/scan-catcher.ts';
import { base, buttons } from '../styles/shared.ts';
import { trialStyles } from './part-trial.styles.ts';

/** Shows what was scanned, by whatever scanner, so that it can be compared with what is printed. */
@customElement('part-try-scanner')
export class PartTryScanner extends CounterPage {
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

  @state() private heard: ScanHeard | undefined;
  @state() private camera: 'off' | 'on' = 'off';

  constructor() {
    super();
    new ScanCatcher(
      this,
      () => this.services.counter,
      (heard) => {
        this.heard = heard;
        if (heard.kind === 'code') this.camera = 'off';
      },
    );
  }

  override render() {
    const hasCamera = this.services.counter
      .ways('scanner')
      .some(({ way, absence }) => way === 'camera' && absence === undefined);
    return html`<p>${this.c('try.scanner')}</p>
      ${this.#result()}
      ${hasCamera ? html`<button type="button" class="button" data-testid="camera-go" @click=${this.#look}>${icon('scan')} ${this.c('camera.go')}</button>` : nothing}
      <part-camera .shown=${this.camera === 'on'} @pos-close=${() => {
        this.camera = 'off';
      }}></part-camera>`;
  }

  #result() {
    const { heard } = this;
    if (heard === undefined) return html`<p class="screen waiting" aria-hidden="true">–</p>`;
    if (heard.kind !== 'code')
      return html`<p class="screen waiting" aria-hidden="true">–</p>
        <p class="again" role="alert" data-testid="scan-unclear">${icon('alert', 22)} ${this.c(`try.${heard.kind}`)}</p>`;
    const count = [...heard.text].length;
    return html`<p class="screen figure" role="status" data-testid="device-heard">${heard.text}</p>
      <p class="dim">${this.c('try.scanner-count', { count })}</p>
      <p class="works">${icon('check', 22)} ${this.c('step.works')}</p>
      <p>${this.c('try.scanner-compare')}</p>`;
  }

  readonly #look = (): void => {
    this.camera = 'on';
    // Only who has no scanner needs it.
    void import('./part-camera.ts');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'part-try-scanner': PartTryScanner;
  }
}
