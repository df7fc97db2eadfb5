import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DevicePlace, DeviceView } from '../../flow/counter-devices.ts';
import type { DevicesState } from '../../flow/services.ts';
import { deviceIcon } from '../components/device-icons.ts';
import { CounterPage } from '../state/counter-page.ts';
import { base } from '../styles/shared.ts';

export type BoardPlace = DevicePlace | 'printer';

/** How a device is, in one word and one colour. */
type Sign = 'connected' | 'connecting' | 'absent' | 'never' | 'refused' | 'simulated';

const signOf = ({ link, driver, health, simulated }: DeviceView): Sign => {
  if (simulated) return 'simulated';
  if (health?.refused !== undefined) return 'refused';
  if (link !== 'absent') return link;
  return driver === undefined ? 'never' : 'absent';
};

const printerSign = ({ printer, simulated }: DevicesState): Sign => {
  if (simulated) return 'simulated';
  if (printer.link !== 'absent') return printer.link;
  return printer.name === '' && printer.trouble === undefined ? 'never' : 'absent';
};

/**
 * The health board: every place of the counter with how it is. Choosing one shows it below.
 *
 * @fires pos-place - a place was chosen
 */
@customElement('part-board')
export class PartBoard extends CounterPage {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
        gap: var(--space-8);
      }
      button {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: 2px 8px;
        width: 100%;
        height: 100%;
        min-height: 72px;
        padding: 10px;
        border: 0;
        border-radius: var(--radius);
        background: var(--panel);
        box-shadow: inset 0 0 0 2px transparent;
        text-align: start;
        cursor: pointer;
      }
      button[aria-pressed='true'] {
        box-shadow: inset 0 0 0 3px var(--accent-text);
      }
      button > * {
        min-width: 0;
      }
      .drawing {
        grid-row: span 2;
      }
      strong {
        font-size: var(--text-16);
        line-height: 1.25;
      }
      .sign {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: var(--text-14);
        color: var(--ink-dim);
      }
      .sign::before {
        content: '';
        flex: none;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        border: 2px solid currentColor;
      }
      .connected::before,
      .simulated::before {
        border-color: var(--good-text);
        background: var(--good-text);
      }
      .absent::before,
      .refused::before {
        border-color: var(--bad-text);
        background: var(--bad-text);
        border-radius: 2px;
      }
    `,
  ];

  @property() chosen: BoardPlace = 'printer';

  override render() {
    const views = this.follow(this.services.counter.board);
    const printer = this.follow(this.services.devices.state);
    return html`<ul aria-label=${this.c('board.title')}>
      ${this.#tile('printer', this.c('board.printer'), printerSign(printer))}
      ${views.map((view) => this.#tile(view.place, this.c(`place.${view.place}`), signOf(view)))}
    </ul>`;
  }

  #tile(place: BoardPlace, name: string, sign: Sign) {
    return html`<li>
      <button
        type="button"
        data-testid=${`place-${place}`}
        data-sign=${sign}
        aria-pressed=${place === this.chosen}
        @click=${() => this.dispatchEvent(new CustomEvent('pos-place', { detail: { place } }))}
      >
        <span class="drawing">${deviceIcon(place, 30)}</span>
        <strong>${name}</strong>
        <span class="sign ${sign}">${this.c(`link.${sign}`)}</span>
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-board': PartBoard;
  }
}
