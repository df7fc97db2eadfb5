import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { minor } from '../../domain/money.ts';
import { PRICE_LABELS } from '../../domain/price-label.ts';
import type { RoundingRule } from '../../domain/rounding.ts';
import { FlowError, type Settings } from '../../flow/services.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import '../components/pos-choice.ts';
import type { ChoiceOption } from '../components/pos-choice.ts';
import { LANGUAGE_CHOICES } from '../state/language-choices.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import './part-keys.ts';
import './part-looks.ts';
import './part-sound.ts';

/** Rounding rules a Chinese counter knows; others stay possible in the shop's data. */
const ROUNDING: readonly RoundingRule[] = ['none', 'jiao-down', 'yuan-down', 'jiao-nearest', 'yuan-nearest'];

/** Caps of a printed static code, in fen: up to what the People's Bank allows a customer a day. */
const STATIC_CAPS = [minor(10_000), minor(20_000), minor(30_000), minor(50_000)];

/** How the till behaves here. */
@customElement('page-settings')
export class PageSettings extends PaymentPage {
  static override styles = [
    base,
    buttons,
    panels,
    reading,
    css`
      .option {
        display: grid;
        gap: 6px;
        padding: 10px 0;
      }
      .option + .option {
        border-top: 1px solid var(--line);
      }
      .option h3 {
        font-size: var(--text-16);
      }
      pos-select {
        min-height: 52px;
      }
      .gate {
        display: flex;
        align-items: center;
        gap: 10px;
        font-weight: 600;
      }
      .gate.good {
        color: var(--good-text);
      }
      .gate.warn {
        color: var(--warn-text);
      }
      .office {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @state() private officeUrl: string | undefined;
  @state() private problem: string | undefined;
  /** The browser was asked to keep the data and said no. */
  @state() private refused = false;

  override render() {
    const settings = this.follow(this.services.life.settings);
    const { t } = this.translator;
    return html`<div class="column">
      <div class="title"><h1 tabindex="-1">${t('settings.title')}</h1></div>
      <div class="two">
        <div class="stack">${this.#selling(settings)} <part-sound></part-sound> ${this.#looks(settings)}</div>
        <div class="stack">${this.#storage()} ${this.#app()} ${this.#people()}</div>
      </div>
    </div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The component library is for pages like this one, and comes when it is opened. Its place is kept meanwhile.
    import('../kit/pos-select.ts').catch(() => undefined);
  }

  #choice<K extends keyof Settings>(key: K, label: string, value: string, options: readonly ChoiceOption[]) {
    return html`<div class="option">
      <h3>${label}</h3>
      <pos-choice .name=${key} .label=${label} .value=${value} .options=${options} @pos-choose=${this.#changed(key)}></pos-choice>
    </div>`;
  }

  /** For more answers than stand side by side on a phone. */
  #list<K extends keyof Settings>(key: K, label: string, value: string, options: readonly ChoiceOption[]) {
    return html`<div class="option">
      <h3>${label}</h3>
      <pos-select .name=${key} .label=${label} .value=${value} .options=${options} @pos-choose=${this.#changed(key)}></pos-select>
    </div>`;
  }

  #changed(key: keyof Settings): (event: CustomEvent<{ readonly value: string }>) => void {
    return ({ detail: { value } }) => {
      const next = value === 'on' ? true : value === 'off' ? false : value;
      void this.services.life.change({ [key]: next });
    };
  }

  #onOff(key: 'autoPrint', label: string, on: boolean) {
    return this.#choice(key, label, on ? 'on' : 'off', [
      { value: 'on', label: this.t('common.on') },
      { value: 'off', label: this.t('common.off') },
    ]);
  }

  #selling(settings: Settings) {
    const { t } = this.translator;
    const rules = ROUNDING.map((value) => ({ value, label: t(`rounding.${value as 'none'}`) }));
    return html`<section class="panel">
      <h2>${t('settings.selling')}</h2>
      ${this.#list('rounding', t('settings.rounding'), settings.rounding, rules)}
      ${this.#onOff('autoPrint', t('settings.auto-print'), settings.autoPrint)}
      ${this.#secondLanguage(settings)} ${this.#staticCap(settings)} ${this.#priceLabels(settings)}
    </section>`;
  }

  #secondLanguage({ secondLanguage }: Settings) {
    const others = LANGUAGE_CHOICES.filter(({ value }) => value !== this.shop?.language);
    const options = [{ value: 'none', label: this.p('settings.second-language.none') }, ...others];
    return html`${this.#list('secondLanguage', this.p('settings.second-language'), secondLanguage, options)}
      <p class="dim">${this.p('settings.second-language-why')}</p>`;
  }

  #staticCap({ staticCap }: Settings) {
    const known = STATIC_CAPS.some((cap) => cap === staticCap) ? STATIC_CAPS : [...STATIC_CAPS, staticCap];
    const options = known.map((cap) => ({ value: String(cap), label: this.money(cap).replace(/\.0+$/, '') }));
    const choose = (event: CustomEvent<{ readonly value: string }>): void => {
      void this.services.life.change({ staticCap: minor(Number(event.detail.value)) });
    };
    const label = this.p('settings.static-cap');
    return html`<div class="option">
      <h3>${label}</h3>
      <pos-choice name="static-cap" .label=${label} .value=${String(staticCap)} .options=${options} @pos-choose=${choose}></pos-choice>
      <p class="dim">${this.p('settings.static-cap-why')}</p>
    </div>`;
  }

  #priceLabels({ priceLabels }: Settings) {
    const options = PRICE_LABELS.map((value) => ({ value, label: this.p(`price-labels.${value}`) }));
    return html`${this.#list('priceLabels', this.p('settings.price-labels'), priceLabels, options)}
      <p class="dim">${this.p('settings.price-labels-why')}</p>`;
  }

  #looks(settings: Settings) {
    const { t } = this.translator;
    return html`<section class="panel">
      <h2>${t('settings.looks')}</h2>
      ${this.#choice('language', t('settings.language'), settings.language, LANGUAGE_CHOICES)}
      <part-looks></part-looks>
      <part-keys></part-keys>
    </section>`;
  }

  #storage() {
    const { t } = this.translator;
    const { journal } = this.follow(this.services.life.strip);
    return html`<section class="panel">
      <h2>${t('settings.storage')}</h2>
      <p class="gate ${journal.persisted ? 'good' : 'warn'}" data-testid="persist-state" data-persisted=${journal.persisted}>
        ${icon(journal.persisted ? 'check' : 'alert')} ${t(journal.persisted ? 'settings.persisted' : 'settings.not-persisted')}
      </p>
      <p class="dim">${t(`strip.copies.${journal.copies}.long`)}</p>
      ${this.refused && !journal.persisted ? html`<p data-testid="persist-refused">${t('settings.persist-refused')}</p>` : nothing}
      ${journal.persisted ? nothing : html`<button type="button" class="button primary wide" data-testid="persist" @click=${this.#persist}>${t('settings.persist')}</button>`}
      ${journal.repair === undefined ? nothing : html`<p class="dim" data-testid="repair">${t('settings.repaired', { count: journal.repair.restored, reason: journal.repair.reason })}</p>`}
      <a class="button other wide" href="#/health" data-testid="to-health">${icon('disks')} ${t('settings.health')}</a>
    </section>`;
  }

  #app() {
    const { t } = this.translator;
    const { life } = this.services;
    const canInstall = this.follow(life.canInstall);
    const { update } = this.follow(life.strip);
    return html`<section class="panel">
      <h2>${t('settings.app')}</h2>
      <div class="row">
        <span>${t('settings.install')}<span class="note">${t(canInstall ? 'settings.install-why' : 'settings.install-by-hand')}</span></span>
        <button type="button" class="button other" data-testid="install" ?disabled=${!canInstall} @click=${() => life.install()}>${t('settings.install-now')}</button>
      </div>
      <div class="row">
        <span>${t('settings.version')}<span class="note" data-testid="update-state">${t(update === 'none' ? 'settings.newest' : `strip.update.${update}`)}</span></span>
        <button type="button" class="button other" data-testid="apply-update" ?disabled=${update !== 'ready'} @click=${() => life.applyUpdate()}>${t('settings.update')}</button>
      </div>
      <div class="row">
        <span>${t('settings.office')}<span class="note">${t('settings.office-why')}</span></span>
        <button type="button" class="button other" data-testid="office" ?disabled=${this.services.session.training} @click=${this.#office}>${icon('office')} ${t('settings.office-open')}</button>
      </div>
      ${
        this.officeUrl === undefined
          ? nothing
          : html`<p class="office" role="status"><a href=${this.officeUrl} target="_blank" rel="noopener" data-testid="office-link">${t('settings.office-link')}</a></p>`
      }
      ${this.problem === undefined ? nothing : html`<pos-article .article=${this.translator.article(this.problem, 'flow')}></pos-article>`}
    </section>`;
  }

  #people() {
    const { t } = this.translator;
    const { session } = this.services;
    const now = this.follow(session.state);
    return html`<section class="panel">
      <h2>${t('settings.people')}</h2>
      <div class="row">
        <span>${now.at === 'open' ? now.operator.name : ''}<span class="note">${now.at === 'open' ? t(`role.${now.operator.role}`) : ''}</span></span>
        <button type="button" class="button other" data-testid="lock-now" @click=${() => session.lock()}>${icon('lock')} ${t('nav.lock')}</button>
      </div>
      ${
        session.training
          ? html`<div class="row">
              <span>${t('training.title')}<span class="note">${t('training.text')}</span></span>
              <button type="button" class="button other" data-testid="leave-training" @click=${() => session.leaveTraining()}>${t('settings.leave-training')}</button>
            </div>`
          : nothing
      }
    </section>`;
  }

  readonly #persist = async (): Promise<void> => {
    this.refused = !(await this.services.life.requestPersist());
  };

  readonly #office = async (): Promise<void> => {
    this.problem = undefined;
    this.officeUrl = undefined;
    try {
      this.officeUrl = await this.services.life.openOffice();
    } catch (error) {
      this.problem = error instanceof FlowError ? error.code : 'unexpected';
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-settings': PageSettings;
  }
}
