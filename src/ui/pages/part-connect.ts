import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  DEVICE_FIELDS,
  type DeviceField,
  type DeviceOffer,
  type DevicePlace,
  type WayView,
} from '../../flow/counter-devices.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import { CounterPage } from '../state/counter-page.ts';
import { base, buttons } from '../styles/shared.ts';
import { stepStyles } from './part-device.styles.ts';
import './part-ways.ts';

/** Connecting a device in two steps: which one it is and what to do at it, then the browser's chooser. */
@customElement('part-connect')
export class PartConnect extends CounterPage {
  static override styles = [
    base,
    buttons,
    stepStyles,
    css`
      :host {
        display: grid;
        gap: 18px;
      }
    `,
  ];

  @property() place: DevicePlace = 'reader';
  /** Which of the offers is chosen, by its key. */
  @state() private choice = '';
  @state() private problem: string | undefined;
  @state() private isBusy = false;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('place')) return;
    this.choice = '';
    this.problem = undefined;
    this.isBusy = false;
  }

  override render() {
    // The offers are there once the drivers are: the board tells.
    this.follow(this.services.counter.board);
    const offers = this.services.counter.offers(this.place);
    const ways = this.services.counter.ways(this.place);
    const chosen = offers.find((offer) => keyOf(offer) === this.choice) ?? offers[0];
    if (chosen === undefined) return this.#nothing(ways);
    const caution = ways.find(({ way }) => way === chosen.bus)?.caution;
    const isNfc = chosen.bus === 'nfc';
    return html`<ol class="steps">
        <li class="now"><div>${this.#choosing(offers, chosen)} ${this.#entry(chosen)}</div></li>
        <li class="now">
          <div>
            <h3>${this.c(isNfc ? 'step.connect-nfc' : 'step.connect')}</h3>
            ${caution === undefined ? nothing : html`<p class="why" data-testid="caution">${icon('alert', 20)} <span>${this.c(`caution.${caution}`)}</span></p>`}
            <button type="button" class="button primary" data-testid="device-pair" ?disabled=${this.isBusy} @click=${() => this.#pair(chosen)}>
              ${icon(chosen.bus === 'serial' ? 'plug' : chosen.bus === 'nfc' ? 'join' : 'usb')} ${this.c(isNfc ? 'connect.go-nfc' : 'connect.go')}
            </button>
            ${this.problem === undefined ? nothing : html`<pos-article .article=${this.speaker.problem(this.problem, isNfc ? 'nfc' : undefined)}></pos-article>`}
          </div>
        </li>
      </ol>
      ${ways.some(({ absence }) => absence !== undefined) ? html`<part-ways folded .ways=${ways}></part-ways>` : nothing}`;
  }

  #choosing(offers: readonly DeviceOffer[], chosen: DeviceOffer) {
    const todo = this.speaker.prepare(chosen.driver);
    return html`<h3><label for="offer">${this.c('step.choose')}</label></h3>
      <select id="offer" data-testid="device-offer" @change=${(event: Event) => {
        this.choice = (event.target as HTMLSelectElement).value;
        this.problem = undefined;
      }}>
        ${offers.map((offer) => html`<option value=${keyOf(offer)} ?selected=${offer === chosen}>${this.#name(offer, offers)}</option>`)}
      </select>
      ${todo === undefined ? nothing : html`<p data-testid="prepare">${todo}</p>`}`;
  }

  /** With its cable, where that is all that tells two offers apart. */
  #name({ driver, bus }: DeviceOffer, offers: readonly DeviceOffer[]): string {
    const name = this.speaker.driver(driver);
    const isTwice = offers.filter((each) => each.driver === driver).length > 1;
    return isTwice ? `${name} · ${this.c(`connect.${bus}`)}` : name;
  }

  /** There is no way, or not here, or not yet. */
  #nothing(ways: readonly WayView[]) {
    if (this.services.session.training) return html`<p class="dim">${this.c('connect.training')}</p>`;
    const { role } = this.follow(this.services.life.strip).journal;
    if (ways.some(({ way, absence }) => way !== 'camera' && absence === undefined))
      return html`<p class="dim" role="status">${this.c(role === 'writer' ? 'connect.loading' : 'connect.other-tab')}</p>`;
    return html`<part-ways .ways=${ways} .heading=${this.c('connect.none')}></part-ways>`;
  }

  /** What cannot be asked of the device. */
  #entry({ driver }: DeviceOffer) {
    if (!isEntered(driver)) return nothing;
    const { field, kind } = DEVICE_FIELDS[driver];
    const value = this.follow(this.services.counter.fields)[field] ?? '';
    if (kind === 'switch')
      return html`<label class="check">
        <input type="checkbox" data-testid="device-field" .checked=${value === 'on'} @change=${(event: Event) => this.#enter(field, (event.target as HTMLInputElement).checked ? 'on' : '')} />
        <span>${this.c(`field.${field}`)}</span>
      </label>`;
    return html`<label for="entry">${this.c(`field.${field}`)}</label>
      <input
        id="entry"
        data-testid="device-field"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength=${kind === 'digits' ? 6 : 64}
        inputmode=${kind === 'digits' ? 'numeric' : 'text'}
        .value=${value}
        @change=${(event: Event) => this.#enter(field, (event.target as HTMLInputElement).value.trim())}
      />`;
  }

  #enter(field: DeviceField, value: string): void {
    void this.services.counter.enter(field, value);
  }

  /** The chooser opens only straight from the click: nothing may be awaited before. */
  #pair(offer: DeviceOffer): void {
    const { place } = this;
    const asked = this.services.counter.pair(place, offer);
    this.problem = undefined;
    this.isBusy = true;
    void asked.then((problem) => {
      if (this.place !== place) return;
      this.problem = problem;
      this.isBusy = false;
    });
  }
}

const isEntered = (driver: string): driver is keyof typeof DEVICE_FIELDS =>
  Object.hasOwn(DEVICE_FIELDS, driver);

const keyOf = ({ driver, bus }: DeviceOffer): string => `${driver}/${bus}`;

declare global {
  interface HTMLElementTagNameMap {
    'part-connect': PartConnect;
  }
}
