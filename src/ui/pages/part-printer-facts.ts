import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { DevicesState } from '../../flow/services.ts';
import { CounterPage } from '../state/counter-page.ts';
import { base, panels } from '../styles/shared.ts';

type Row = readonly [name: string, value: string | undefined, testId?: string];

/** How the printer is and what it tells about itself; of one that is not there, when it was. */
@customElement('part-printer-facts')
export class PartPrinterFacts extends CounterPage {
  static override styles = [
    base,
    panels,
    css`
      :host {
        display: block;
      }
      dd {
        font-weight: 650;
        text-align: end;
      }
    `,
  ];

  override render() {
    const state = this.follow(this.services.devices.state);
    const { printer } = state;
    const rows = [...(printer.link === 'connected' ? this.#now(state) : []), ...this.#itself(state)];
    const told = rows.filter(([, value]) => value !== undefined && value !== '');
    if (told.length === 0) return nothing;
    return html`<dl>
      ${told.map(([name, value, testId]) => html`<div class="row"><dt>${name}</dt><dd data-testid=${testId ?? nothing}>${value}</dd></div>`)}
    </dl>`;
  }

  #now({ printer }: DevicesState): readonly Row[] {
    const { t } = this.translator;
    const drawer: Row =
      printer.drawer === undefined
        ? [t('devices.drawer-pin'), t(`devices.pin.${printer.drawerPin}`)]
        : [this.c('fact.drawer'), this.c(`fact.drawer.${printer.drawer}`), 'drawer-state'];
    return [
      [t('devices.paper'), t(`devices.paper.${printer.paper}`), 'paper-state'],
      [t('devices.cover'), t(`devices.cover.${printer.cover}`)],
      drawer,
      [t('devices.job'), t(`devices.job.${printer.job}`)],
    ];
  }

  #itself({ printer: { health, link }, simulated, lastSeenMs }: DevicesState): readonly Row[] {
    if (simulated) return [];
    const isGone = link !== 'connected' && lastSeenMs !== undefined;
    return [
      [this.c('fact.serial'), health?.serial, 'printer-serial'],
      [this.c('fact.firmware'), health?.firmware, 'printer-firmware'],
      [
        this.c('fact.last-seen'),
        isGone ? this.translator.dateTime(lastSeenMs) : undefined,
        'printer-last-seen',
      ],
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-printer-facts': PartPrinterFacts;
  }
}
