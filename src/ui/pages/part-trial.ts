import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DevicePlace, DeviceView } from '../../flow/counter-devices.ts';
import { icon } from '../components/icons.ts';
import { CounterPage } from '../state/counter-page.ts';
import { hashOf } from '../state/route.ts';
import { base, buttons } from '../styles/shared.ts';
import './part-try-reader.ts';
import './part-try-scanner.ts';
import { trialStyles } from './part-trial.styles.ts';

/** Trying a device out: what to do, what came of it, and that it works. */
@customElement('part-trial')
export class PartTrial extends CounterPage {
  static override styles = [
    base,
    buttons,
    trialStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-12);
      }
    `,
  ];

  @property() place: DevicePlace = 'reader';
  @state() private isSent = false;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('place')) this.isSent = false;
  }

  override render() {
    const view = this.follow(this.services.counter.board).find(({ place }) => place === this.place);
    if (view === undefined) return nothing;
    // A scanner that types is plugged in and works: nothing else tells that it is there.
    if (this.place === 'scanner') return html`<part-try-scanner></part-try-scanner>`;
    return this.#connected(view);
  }

  #connected({ place, heard }: DeviceView): TemplateResult {
    switch (place) {
      case 'reader':
        return html`<part-try-reader></part-try-reader>`;
      case 'terminal':
        return html`<p>${this.c('try.terminal')}</p>
          <a class="button" href=${hashOf({ at: 'till' })} data-testid="device-till">${icon('till')} ${this.c('try.terminal-go')}</a>`;
      case 'pole':
        return html`<p>${this.c('try.pole')}</p>
          <button type="button" class="button" data-testid="device-try" @click=${this.#showOnPole}>${this.c('try.pole-go')}</button>
          <p role="status">${this.isSent ? this.c('try.pole-sent') : ''}</p>`;
      default:
        return html`<p>${this.c(place === 'scale' ? 'try.scale' : 'try.tags')}</p>
          ${
            heard === undefined
              ? html`<p class="screen waiting" aria-hidden="true">–</p>`
              : html`<p class="screen figure" role="status" data-testid="device-heard">${heard}</p>
                <p class="works">${icon('check', 22)} ${this.c('step.works')}</p>`
          }`;
    }
  }

  readonly #showOnPole = (): void => {
    this.isSent = this.services.counter.tryOut(this.place);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'part-trial': PartTrial;
  }
}
