import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ACCENTS, CONTRASTS } from '../../domain/look.ts';
import type { Settings } from '../../flow/services.ts';
import '../components/pos-choice.ts';
import type { ChoiceOption } from '../components/pos-choice.ts';
import { Page } from '../state/page.ts';
import { base } from '../styles/shared.ts';

/** Light or dark, how much contrast, and the colour of the shop: seen at once, as it is chosen. */
@customElement('part-looks')
export class PartLooks extends Page {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .option {
        display: grid;
        gap: 6px;
        padding: 10px 0;
        border-top: 1px solid var(--line);
      }
      h3 {
        font-size: var(--text-16);
      }
    `,
  ];

  override render() {
    const { theme, contrast, accent } = this.follow(this.services.life.settings);
    const { t } = this.translator;
    const themes = (['auto', 'light', 'dark'] as const).map((value) => ({
      value,
      label: t(`theme.${value}`),
    }));
    const contrasts = CONTRASTS.map((value) => ({ value, label: t(`contrast.${value}`) }));
    const accents = ACCENTS.map((value) => ({ value, label: t(`accent.${value}`), swatch: value }));
    return html`${this.#choice('theme', theme, themes)} ${this.#choice('contrast', contrast, contrasts)}
    ${this.#choice('accent', accent, accents)}`;
  }

  #choice(key: 'theme' | 'contrast' | 'accent', value: string, options: readonly ChoiceOption[]) {
    const choose = (event: CustomEvent<{ readonly value: string }>): void => {
      // The options are the values that the setting may have.
      void this.services.life.change({ [key]: event.detail.value } as Partial<Settings>);
    };
    const label = this.t(`settings.${key}`);
    return html`<div class="option">
      <h3>${label}</h3>
      <pos-choice .name=${key} .label=${label} .value=${value} .options=${options} @pos-choose=${choose}></pos-choice>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-looks': PartLooks;
  }
}
