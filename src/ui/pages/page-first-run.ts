import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Language, Trade } from '../../domain/shop.ts';
import { FlowError, type SessionState, type SetupForm } from '../../flow/services.ts';
import { icon, mark } from '../components/icons.ts';
import '../components/pos-article.ts';
import '../components/pos-choice.ts';
import '../components/pos-pin-pad.ts';
import { LANGUAGE_CHOICES } from '../state/language-choices.ts';
import { Page } from '../state/page.ts';
import { fields } from '../styles/pages.ts';
import { base, buttons } from '../styles/shared.ts';
import { firstRunStyles } from './page-first-run.styles.ts';

type FirstRun = Extract<SessionState, { at: 'first-run' }>;
type Way = 'set-up' | 'join';

/** One question a screen: a shop is set up in under a minute, with one hand. */
type Step =
  | { readonly at: 'welcome' }
  | { readonly at: 'form'; readonly way: Way }
  | { readonly at: 'pin'; readonly way: Way }
  | { readonly at: 'pin-again'; readonly way: Way; readonly pin: string }
  | { readonly at: 'busy'; readonly way: Way };

@customElement('page-first-run')
export class PageFirstRun extends Page {
  static override styles = [base, buttons, fields, firstRunStyles];

  @state() private step: Step = { at: 'welcome' };
  @state() private trade: Trade = 'retail';
  @state() private shopName = '';
  @state() private person = '';
  @state() private code = '';
  @state() private problem: string | undefined;

  override render() {
    const session = this.follow(this.services.session.state);
    const settings = this.follow(this.services.life.settings);
    if (session.at !== 'first-run') return html``;
    const { t } = this.translator;
    const problem = this.problem ?? session.problem;
    return html`
      <div class="brand">
        <div class="name">${mark(72)} <strong>${t('app.name')}</strong></div>
        <p>${t('first.slogan')}</p>
        <pos-choice
          tiles
          name="language"
          .label=${t('settings.language')}
          .value=${settings.language}
          .options=${LANGUAGE_CHOICES}
          @pos-choose=${(event: CustomEvent<{ readonly value: string }>) => this.services.life.change({ language: event.detail.value as Language })}
        ></pos-choice>
      </div>
      <div class="work">
        <div class="card">
          ${problem === undefined ? nothing : html`<pos-article .article=${this.translator.article(problem, 'flow')}></pos-article>`}
          ${this.#content(session, settings.language)}
        </div>
      </div>
    `;
  }

  #content(session: FirstRun, language: Language) {
    switch (this.step.at) {
      case 'welcome':
        return session.rejoin === true ? this.#joinForm() : this.#welcome(session, language);
      case 'form':
        return this.step.way === 'set-up' ? this.#shopForm(session) : this.#joinForm();
      case 'pin':
        return this.#pin('first.pin', 'first.pin-why');
      case 'pin-again':
        return this.#pin('first.pin-again', 'first.pin-again-why');
      case 'busy':
        return html`<div class="busy" role="status"><h1>${this.t('first.busy')}</h1><p>${this.t('first.busy-why')}</p></div>`;
      default:
        return this.step satisfies never;
    }
  }

  #welcome({ reachable }: FirstRun, language: Language) {
    const { t } = this.translator;
    return html`
      <h1 tabindex="-1">${t('first.welcome')}</h1>
      ${reachable ? nothing : html`<p class="unreachable" role="status" data-testid="unreachable">${icon('offline')} <span>${t('first.unreachable')}</span></p>`}
      <button type="button" class="way primary" data-testid="set-up" ?disabled=${!reachable} @click=${() => this.#go({ at: 'form', way: 'set-up' })}>
        ${icon('shop', 36)}<span><strong>${t('first.set-up')}</strong><small>${t('first.set-up-why')}</small></span>${icon('next')}
      </button>
      <button type="button" class="way" data-testid="join" ?disabled=${!reachable} @click=${() => this.#go({ at: 'form', way: 'join' })}>
        ${icon('join', 36)}<span><strong>${t('first.join')}</strong><small>${t('first.join-why')}</small></span>${icon('next')}
      </button>
      <button type="button" class="way" data-testid="try" @click=${() => this.#attempt(() => this.services.session.tryInTraining(language), { at: 'welcome' })}>
        ${icon('training', 36)}<span><strong>${t('first.try')}</strong><small>${t('first.try-why')}</small></span>${icon('next')}
      </button>
    `;
  }

  #shopForm({ code }: FirstRun) {
    const { t } = this.translator;
    const trades = (['retail', 'catering', 'beauty', 'freelancer'] as const).map((value) => ({
      value,
      label: t(`trade.${value}`),
      icon: value === 'retail' ? ('shop' as const) : value,
    }));
    return html`<form @submit=${this.#toPin}>
      ${this.#head('first.shop')}
      ${this.#field({ name: 'shop-name', label: t('first.shop-name'), hint: t('first.shop-name-hint'), value: this.shopName, lengthMax: 40 })}
      <div class="field">
        <span>${t('first.trade')}</span>
        <pos-choice
          tiles
          name="trade"
          .label=${t('first.trade')}
          .value=${this.trade}
          .options=${trades}
          @pos-choose=${(event: CustomEvent<{ readonly value: string }>) => {
            this.trade = event.detail.value as Trade;
          }}
        ></pos-choice>
      </div>
      ${code === undefined ? this.#codeField(t('first.code-server')) : nothing}
      <button class="button primary big" data-testid="continue">${t('first.continue')} ${icon('next', 28)}</button>
    </form>`;
  }

  #joinForm() {
    const { t } = this.translator;
    return html`<form @submit=${this.#toPin}>
      ${this.#head(this.#isRejoin ? 'first.rejoin' : 'first.join')}
      ${this.#isRejoin ? html`<p>${t('first.rejoin-why')}</p>` : nothing} ${this.#codeField(t('first.code-office'))}
      ${this.#field({ name: 'person', label: t('first.person'), hint: t('first.person-hint'), value: this.person, lengthMax: 40 })}
      <button class="button primary big" data-testid="continue">${t('first.continue')} ${icon('next', 28)}</button>
    </form>`;
  }

  #head(key: 'first.shop' | 'first.join' | 'first.rejoin' | 'first.pin' | 'first.pin-again') {
    return html`<div class="head">
      <button type="button" class="button icon other" data-testid="first-back" aria-label=${this.t('common.back')} @click=${this.#back}>${icon('back')}</button>
      <h1 tabindex="-1">${this.t(key)}</h1>
    </div>`;
  }

  #codeField(hint: string) {
    return this.#field({ name: 'code', label: this.t('first.code'), hint, value: this.code, lengthMax: 14 });
  }

  #field(field: {
    name: 'shop-name' | 'person' | 'code';
    label: string;
    hint: string;
    value: string;
    lengthMax: number;
  }) {
    return html`<label class="field">
      <span>${field.label}</span>
      <input
        class="text ${field.name === 'code' ? 'code' : ''}"
        data-testid=${field.name}
        placeholder=${field.hint}
        maxlength=${field.lengthMax}
        autocomplete="off"
        .value=${field.value}
        required
        @input=${(event: InputEvent) => this.#typed(field.name, event)}
      />
    </label>`;
  }

  #pin(title: 'first.pin' | 'first.pin-again', why: 'first.pin-why' | 'first.pin-again-why') {
    return html`${this.#head(title)}
      <p>${this.t(why)}</p>
      <pos-pin-pad .words=${{ label: this.t(title), back: this.t('keypad.back') }} @pos-pin=${this.#pinTyped}></pos-pin-pad>`;
  }

  #typed(name: 'shop-name' | 'person' | 'code', event: InputEvent): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    const { value } = event.target;
    if (name === 'shop-name') this.shopName = value;
    else if (name === 'person') this.person = value;
    else this.code = value;
  }

  #go(step: Step): void {
    this.step = step;
    this.problem = undefined;
    void this.updateComplete.then(() => {
      const field = this.renderRoot.querySelector('input');
      if (field === null) this.focusHeading();
      else field.focus();
    });
  }

  readonly #back = (): void => {
    const { step } = this;
    if (step.at === 'pin') this.#go({ at: 'form', way: step.way });
    else if (step.at === 'pin-again') this.#go({ at: 'pin', way: step.way });
    else if (this.#isRejoin) this.services.session.rejoin(false);
    else this.#go({ at: 'welcome' });
  };

  get #isRejoin(): boolean {
    const state = this.services.session.state.value;
    return state.at === 'first-run' && state.rejoin === true;
  }

  readonly #toPin = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.step.at === 'form') this.#go({ at: 'pin', way: this.step.way });
    else if (this.#isRejoin) this.#go({ at: 'pin', way: 'join' });
  };

  readonly #pinTyped = (event: CustomEvent<{ readonly pin: string }>): void => {
    const { pin } = event.detail;
    const { step } = this;
    if (step.at === 'pin') this.#go({ at: 'pin-again', way: step.way, pin });
    if (step.at !== 'pin-again') return;
    if (step.pin === pin) this.#finish(step.way, pin);
    else {
      this.#go({ at: 'pin', way: step.way });
      this.problem = 'pin-mismatch';
    }
  };

  #finish(way: Way, pin: string): void {
    const { session, life } = this.services;
    const code = this.code.trim().toUpperCase();
    const at = session.state.value;
    if (way === 'join') {
      this.#attempt(() => session.join(code, { name: this.person.trim(), pin }), { at: 'busy', way });
      return;
    }
    const form: SetupForm = {
      name: this.shopName.trim(),
      trade: this.trade,
      language: life.settings.value.language,
      pin,
      ownerName: this.t('role.owner'),
      code: at.at === 'first-run' && at.code !== undefined ? at.code : code,
    };
    this.#attempt(() => session.setUp(form), { at: 'busy', way });
  }

  /** Runs while `during` is shown; what goes wrong is explained on the screen where it can be mended. */
  #attempt(action: () => Promise<void>, during: Step): void {
    this.#go(during);
    action().catch((error: unknown) => {
      const code = error instanceof FlowError ? error.code : 'unexpected';
      if (code === 'unexpected') reportError(error); // Nobody foresaw it: whoever looks into it needs the whole error.
      const way = 'way' in during ? during.way : undefined;
      if (way === undefined) this.#go({ at: 'welcome' });
      else this.#go(code.startsWith('pin') ? { at: 'pin', way } : { at: 'form', way });
      this.problem = code;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-first-run': PageFirstRun;
  }
}
