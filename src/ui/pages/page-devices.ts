import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { DEVICE_PLACES } from '../../flow/counter-devices.ts';
import type { DevicesState, Orders } from '../../flow/services.ts';
import type { WizardKey } from '../../i18n/zh-cn-wizard.ts';
import { icon } from '../components/icons.ts';
import './part-board.ts';
import './part-device.ts';
import './part-printer-card.ts';
import './part-report.ts';
import './part-ways.ts';
import './part-wizard-offer.ts';
import '../components/pos-article.ts';
import '../components/pos-choice.ts';
import '../components/pos-paper.ts';
import { Page } from '../state/page.ts';
import { hashOf } from '../state/route.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { devicesStyles } from './page-devices.styles.ts';
import type { BoardPlace } from './part-board.ts';
import type { BegunWizard, PartWizardOffer } from './part-wizard-offer.ts';

type Outcome = Awaited<ReturnType<Orders['reprint']>>;
type Fault = 'none' | 'paper-end' | 'cover-open' | 'cut-cable';

/** The counter's devices: how they are, connect them, try them out. The printer and its drawer are here, the others in parts. */
@customElement('page-devices')
export class PageDevices extends Page {
  static override styles = [base, buttons, panels, reading, devicesStyles];

  /** What came of the last thing that was tried. */
  @state() private outcome: string | undefined;
  @state() private problem: string | undefined;
  @state() private fault: Fault = 'none';
  @state() private place: BoardPlace = addressed();
  @state() private wizard: BegunWizard | undefined;
  @state() private wizardNote: WizardKey | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#addressed);
  }

  override disconnectedCallback(): void {
    removeEventListener('hashchange', this.#addressed);
    super.disconnectedCallback();
  }

  override render() {
    const state = this.follow(this.services.devices.state);
    const { t } = this.translator;
    if (this.wizard !== undefined) return this.#walking(this.wizard);
    return html`<div class="column">
      <div class="title"><h1 tabindex="-1">${t('devices.title')}</h1></div>
      <part-board
        .chosen=${this.place}
        @pos-place=${(event: CustomEvent<{ readonly place: BoardPlace }>) => {
          this.place = event.detail.place;
          // A reload comes back to the same device.
          history.replaceState(history.state, '', `${hashOf({ at: 'devices' })}/${this.place}`);
        }}
      ></part-board>
      ${this.place === 'printer' ? this.#printing(state) : html`<part-device .place=${this.place}></part-device>`}
      <part-report></part-report>
    </div>`;
  }

  /** Nothing else to look at: what is asked is about the paper in the hand. */
  #walking({ runner, linesBefore }: BegunWizard) {
    return html`<div class="column">
      <part-printer-wizard .runner=${runner} .linesBefore=${linesBefore} @pos-close=${() => this.#walked(runner)}></part-printer-wizard>
    </div>`;
  }

  /** Also when the till itself has stopped it: whoever pays or prints comes first. */
  #walked({ state }: BegunWizard['runner']): void {
    const { at } = state.value.step;
    this.wizard = undefined;
    this.wizardNote = at === 'done' ? 'over.kept' : at === 'stopped' ? 'over.paying' : 'over.stopped';
    const offer = () => this.renderRoot.querySelector<PartWizardOffer>('part-wizard-offer');
    void this.updateComplete.then(() => offer()?.updateComplete).then(() => offer()?.focus());
  }

  #printing(state: DevicesState) {
    return html`<div class="two">
      <div class="stack">
        ${this.#printer(state)} ${this.#trial(state)} ${state.simulated ? this.#layout(state) : nothing} ${this.#display()}
      </div>
      ${state.simulated ? this.#simulated() : this.#layout(state)}
    </div>`;
  }

  #printer(state: DevicesState) {
    const { t } = this.translator;
    const { printer } = state;
    const isConnected = printer.link === 'connected';
    return html`<section class="panel">
      <part-printer-card>
        ${isConnected && state.proposesWizard ? html`<div slot="before">${this.#offer(state)}</div>` : nothing}
        ${
          printer.job === 'stalled'
            ? html`<button type="button" class="button danger wide" data-testid="abandon" @click=${() => this.services.devices.abandonJob()}>${t('devices.abandon')}</button>`
            : nothing
        }
        ${printer.trouble === undefined ? nothing : html`<pos-article .article=${this.translator.article(printer.trouble, 'print')}></pos-article>`}
        ${this.#connect(state)}
      </part-printer-card>
    </section>`;
  }

  #offer({ proposesWizard }: DevicesState) {
    return html`<part-wizard-offer
      ?proposing=${proposesWizard}
      .note=${this.wizardNote}
      @pos-wizard=${({ detail }: CustomEvent<BegunWizard>) => {
        this.wizard = detail;
        this.wizardNote = undefined;
      }}
    ></part-wizard-offer>`;
  }

  #connect({ usb, serial, simulated, printer }: DevicesState) {
    const { t } = this.translator;
    const ways = this.services.counter.ways('printer');
    return html`
      <div class="actions">
        <button type="button" class="button ${printer.link === 'connected' && !simulated ? '' : 'primary'}" data-testid="pair-usb" ?disabled=${!usb} @click=${() => this.#pair('usb')}>${icon('usb')} ${t('devices.pair-usb')}</button>
        <button type="button" class="button" data-testid="pair-serial" ?disabled=${!serial} @click=${() => this.#pair('serial')}>${icon('plug')} ${t('devices.pair-serial')}</button>
        <button type="button" class="button other" data-testid="simulated" aria-pressed=${simulated} @click=${() => this.services.devices.useSimulated(!simulated)}>
          ${t(simulated ? 'devices.simulated-off' : 'devices.simulated-on')}
        </button>
        ${
          printer.link === 'absent' || simulated
            ? nothing
            : html`<button type="button" class="button quiet" data-testid="forget" @click=${() => this.services.devices.forget()}>${t('devices.forget')}</button>`
        }
      </div>
      <part-ways class="below" ?cautious=${printer.link !== 'connected'} ?folded=${usb || serial} .ways=${ways}></part-ways>
    `;
  }

  #trial(state: DevicesState) {
    const { t } = this.translator;
    const { printer } = state;
    const isReady = printer.link === 'connected' && printer.job === 'idle';
    // What pairing has brought is said of the printer itself, above.
    const problem = this.problem === printer.trouble ? undefined : this.problem;
    return html`<section class="panel">
      <h2>${t('devices.try')}</h2>
      <div class="actions">
        <button type="button" class="button" data-testid="test-slip" ?disabled=${!isReady} @click=${this.#testSlip}>${icon('orders')} ${t('devices.test-slip')}</button>
        <button type="button" class="button" data-testid="kick-drawer" ?disabled=${!isReady} @click=${this.#kick}>${icon('drawer')} ${t('devices.kick')}</button>
      </div>
      <p role="status" data-testid="outcome">${this.outcome ?? t('devices.try-why')}</p>
      ${problem === undefined ? nothing : html`<pos-article .article=${this.translator.article(problem, 'print')}></pos-article>`}
      ${state.proposesWizard ? nothing : this.#offer(state)}
    </section>`;
  }

  #display() {
    const { t } = this.translator;
    return html`<section class="panel">
      <h2>${t('devices.display')}</h2>
      <p>${t('devices.display-text')}</p>
      <div class="actions">
        <button type="button" class="button" data-testid="open-display" @click=${() => this.services.devices.openDisplay()}>${t('devices.display-open')}</button>
      </div>
    </section>`;
  }

  #layout(state: DevicesState) {
    const { t } = this.translator;
    const { devices } = this.services;
    return html`<section class="panel">
      <h2>${t('devices.layout')}</h2>
      <div class="option">
        <h3>${t('devices.columns')}</h3>
        <pos-choice
          name="columns"
          .label=${t('devices.columns')}
          .value=${String(state.columns)}
          .options=${[
            { value: '32', label: t('devices.columns.32') },
            { value: '42', label: t('devices.columns.42') },
            { value: '48', label: t('devices.columns.48') },
          ]}
          @pos-choose=${(event: CustomEvent<{ readonly value: string }>) => devices.setColumns(Number(event.detail.value) as 32 | 42 | 48)}
        ></pos-choice>
      </div>
      <div class="option">
        <h3>${t('devices.charset')}</h3>
        <pos-choice
          name="charset"
          .label=${t('devices.charset')}
          .value=${state.charset}
          .options=${[
            { value: 'gb18030', label: t('devices.charset.gb18030') },
            { value: 'raster', label: t('devices.charset.raster') },
          ]}
          @pos-choose=${(event: CustomEvent<{ readonly value: string }>) => devices.setCharset(event.detail.value as 'gb18030' | 'raster')}
        ></pos-choice>
        <p class="dim">${t('devices.charset-why')}</p>
      </div>
    </section>`;
  }

  #simulated() {
    const { t } = this.translator;
    const paper = this.follow(this.services.devices.paper);
    const faults = (['none', 'paper-end', 'cover-open', 'cut-cable'] as const).map((value) => ({
      value,
      label: t(`devices.fault.${value}`),
    }));
    return html`<section class="feed">
      <h2>${t('devices.screen-printer')}</h2>
      <div class="option">
        <pos-choice
          name="fault"
          .label=${t('devices.fault')}
          .value=${this.fault}
          .options=${faults}
          @pos-choose=${(event: CustomEvent<{ readonly value: string }>) => this.#simulate(event.detail.value as Fault)}
        ></pos-choice>
        <p class="dim">${t('devices.kicks', { count: paper.drawerKicks })}</p>
      </div>
      <div class="mouth"></div>
      <div class="roll" tabindex="0" role="group" aria-label=${t('devices.screen-printer')}>
        ${
          paper.lines.length === 0
            ? html`<p class="empty">${t('devices.no-paper-yet')}</p>`
            : html`<pos-paper .paper=${paper} .label=${t('devices.screen-printer')}></pos-paper>`
        }
      </div>
    </section>`;
  }

  #simulate(fault: Fault): void {
    this.fault = fault;
    this.services.devices.simulate(fault);
  }

  /** The chooser opens only straight from the click: nothing may be awaited before. */
  #pair(bus: 'usb' | 'serial'): void {
    const asked = this.services.devices.pair(bus);
    this.problem = undefined;
    void asked.then((doubt) => {
      this.problem = doubt;
    });
  }

  readonly #testSlip = async (): Promise<void> => {
    this.#tell(this.t('slip.printing'));
    const outcome: Outcome = await this.services.devices.testSlip();
    if (outcome.kind === 'confirmed') this.#tell(this.t('slip.printed'));
    else
      this.#tell(
        this.t(outcome.kind === 'failed' ? 'devices.test-failed' : 'devices.test-unsure'),
        outcome.reason,
      );
  };

  /** A link, or the back key, while the page is shown. */
  readonly #addressed = (): void => {
    if (location.hash.startsWith(hashOf({ at: 'devices' }))) this.place = addressed();
  };

  readonly #kick = async (): Promise<void> => {
    const kicked = await this.services.devices.kickDrawer();
    this.#tell(this.t(kicked ? 'devices.kicked' : 'devices.not-kicked'));
  };

  #tell(outcome: string, problem?: string): void {
    this.outcome = outcome;
    this.problem = problem;
  }
}

/** The device that the address names after the page. */
function addressed(): BoardPlace {
  const name = location.hash.split('/')[2];
  return DEVICE_PLACES.find((place) => place === name) ?? 'printer';
}

declare global {
  interface HTMLElementTagNameMap {
    'page-devices': PageDevices;
  }
}
