import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { localeOf } from '../../domain/language.ts';
import type { DevicePlace, DeviceView } from '../../flow/counter-devices.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import '../components/pos-device-card.ts';
import type { DeviceFact } from '../components/pos-device-card.ts';
import { CounterPage } from '../state/counter-page.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { devicesStyles } from './page-devices.styles.ts';
import './part-connect.ts';
import { stepStyles } from './part-device.styles.ts';
import './part-trial.ts';

/** One device beside the printer: how it is, what it is, how to connect one, and a trial of it. */
@customElement('part-device')
export class PartDevice extends CounterPage {
  static override styles = [
    base,
    buttons,
    panels,
    devicesStyles,
    stepStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-12);
      }
      section {
        min-width: 0;
      }
      .stack {
        display: grid;
        gap: var(--space-12);
      }
      @media (min-width: 900px) {
        :host {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          align-items: start;
          gap: var(--space-16);
        }
      }
    `,
  ];

  @property() place: DevicePlace = 'reader';

  override render() {
    const view = this.follow(this.services.counter.board).find(({ place }) => place === this.place);
    if (view === undefined) return nothing;
    const isThere = view.link === 'connected';
    const connect = html`<part-connect .place=${this.place}></part-connect>`;
    const trial = html`<section class="panel"><h2>${this.c('try')}</h2><part-trial .place=${this.place}></part-trial></section>`;
    const isRefused = view.health?.refused !== undefined;
    const hasTrial = !view.simulated && !isRefused && (isThere || this.place === 'scanner');
    // What is not there is connected first; what is there is tried first, and another one is for whoever looks for it.
    return html`<div class="stack">
        <section class="panel">${this.#state(view)}</section>
        ${hasTrial && !isThere ? trial : nothing}
      </div>
      <div class="stack">
        ${hasTrial && isThere ? trial : nothing}
        <section class="panel">
          ${
            isThere
              ? html`<details data-testid="connect-other"><summary>${icon('next', 20)} ${this.c('connect.other')}</summary>${connect}</details>`
              : html`<h2>${this.c(view.driver === undefined ? 'connect.title' : 'connect.other')}</h2>${connect}`
          }
        </section>
      </div>`;
  }

  #state(view: DeviceView) {
    const isKnown = view.driver !== undefined;
    const refused = view.health?.refused;
    const isGood = view.link === 'connected' && refused === undefined;
    const word = view.link === 'absent' && !isKnown ? 'never' : view.link;
    const sign = view.simulated ? 'simulated' : refused === undefined ? word : 'refused';
    const { trouble } = view;
    const name = view.name === '' ? '' : ` · ${view.name}`;
    const isTroubled = trouble !== undefined && view.link !== 'connected';
    const context = view.driver === 'web-nfc' ? 'nfc' : undefined;
    return html`<pos-device-card
      .place=${this.place}
      .link=${view.link}
      ?good=${isGood}
      .word=${this.c(`link.${sign}`)}
      .model=${`${this.c(`place.${this.place}`)}${name}`}
      .refused=${refused === undefined ? '' : this.c(`refused.${refused}`)}
      .facts=${this.#facts(view)}
    >
      ${isTroubled ? html`<pos-article slot="before" .article=${this.speaker.problem(trouble, context)}></pos-article>` : nothing}
      ${isKnown ? this.#known(view) : nothing}
    </pos-device-card>`;
  }

  #known({ link }: DeviceView) {
    const { counter } = this.services;
    // What is not there is looked for first; what is there says first what it is.
    return html`<div class="actions" slot=${link === 'absent' ? 'before' : nothing}>
      ${link === 'absent' ? html`<button type="button" class="button" data-testid="device-again" @click=${() => counter.reacquire()}>${icon('update')} ${this.c('again')}</button>` : nothing}
      <button type="button" class="button quiet" data-testid="device-forget" @click=${() => counter.forget(this.place)}>${this.c('forget')}</button>
    </div>`;
  }

  #facts({ driver, health, lastSeenMs, link }: DeviceView): readonly DeviceFact[] {
    const isGone = lastSeenMs !== undefined && link !== 'connected';
    return [
      {
        name: this.c('fact.driver'),
        value: driver === undefined ? undefined : this.speaker.driver(driver),
      },
      { name: this.c('fact.serial'), value: health?.serial },
      { name: this.c('fact.firmware'), value: health?.firmware },
      { name: this.c('fact.key-id'), value: health?.keyId },
      { name: this.c('fact.battery'), value: this.#percent(health?.battery) },
      {
        name: this.c('fact.last-seen'),
        value: isGone ? this.translator.dateTime(lastSeenMs) : undefined,
      },
    ];
  }

  #percent(battery: number | undefined): string | undefined {
    if (battery === undefined) return undefined;
    const percent = new Intl.NumberFormat(localeOf(this.translator.language), { style: 'percent' });
    return percent.format(battery / 100);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-device': PartDevice;
  }
}
