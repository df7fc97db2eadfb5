import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { DevicesState } from '../../flow/services.ts';
import '../components/pos-device-card.ts';
import type { DeviceFact } from '../components/pos-device-card.ts';
import { CounterPage } from '../state/counter-page.ts';

/** The printer's card: how it is and what it tells of itself; of one that is not there, when it was. Slots as in the card. */
@customElement('part-printer-card')
export class PartPrinterCard extends CounterPage {
  static override styles = css`
    :host {
      display: block;
    }
  `;

  override render() {
    const state = this.follow(this.services.devices.state);
    const { printer, simulated } = state;
    const isThere = printer.link === 'connected';
    return html`<pos-device-card
      place="printer"
      name="printer"
      .link=${printer.link}
      ?good=${isThere}
      .word=${this.t(`devices.link.${printer.link}`)}
      .model=${simulated ? this.t('devices.simulated') : printer.name}
      .facts=${[...(isThere ? this.#now(state) : []), ...this.#itself(state)]}
    >
      <slot name="before" slot="before"></slot>
      <slot></slot>
    </pos-device-card>`;
  }

  #now({ printer }: DevicesState): readonly DeviceFact[] {
    const { t } = this.translator;
    const drawer: DeviceFact =
      printer.drawer === undefined
        ? { name: t('devices.drawer-pin'), value: t(`devices.pin.${printer.drawerPin}`) }
        : {
            name: this.c('fact.drawer'),
            value: this.c(`fact.drawer.${printer.drawer}`),
            testId: 'drawer-state',
          };
    return [
      { name: t('devices.paper'), value: t(`devices.paper.${printer.paper}`), testId: 'paper-state' },
      { name: t('devices.cover'), value: t(`devices.cover.${printer.cover}`) },
      drawer,
      { name: t('devices.job'), value: t(`devices.job.${printer.job}`) },
    ];
  }

  #itself({ printer: { health, link }, simulated, lastSeenMs }: DevicesState): readonly DeviceFact[] {
    if (simulated) return [];
    const isGone = link !== 'connected' && lastSeenMs !== undefined;
    return [
      { name: this.c('fact.serial'), value: health?.serial, testId: 'printer-serial' },
      { name: this.c('fact.firmware'), value: health?.firmware, testId: 'printer-firmware' },
      {
        name: this.c('fact.last-seen'),
        value: isGone ? this.translator.dateTime(lastSeenMs) : undefined,
        testId: 'printer-last-seen',
      },
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-printer-card': PartPrinterCard;
  }
}
