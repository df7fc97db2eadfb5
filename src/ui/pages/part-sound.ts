import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../components/icons.ts';
import '../components/pos-choice.ts';
import type { ChoiceOption } from '../components/pos-choice.ts';
import { HelpPage } from '../state/help-page.ts';
import { base, buttons, panels } from '../styles/shared.ts';

const VOLUMES = ['low', 'middle', 'high'] as const;

/** What is heard at this till: everything, how loud, and whether a voice says what came in. */
@customElement('part-sound')
export class PartSound extends HelpPage {
  static override styles = [
    base,
    buttons,
    panels,
    css`
      .option {
        display: grid;
        gap: 6px;
        padding: 10px 0;
      }
      .option + .option {
        border-top: 1px solid var(--line);
      }
      h3 {
        font-size: var(--text-16);
      }
    `,
  ];

  override render() {
    const { sound } = this.services;
    const settings = this.follow(this.services.life.settings);
    const hasVoice = this.follow(sound.hasVoice);
    const on = { value: 'on', label: this.t('common.on') };
    const off = { value: 'off', label: this.t('common.off') };
    const silent = { value: 'off', label: this.h('sound.mode.off') };
    const volumes = VOLUMES.map((value) => ({ value, label: this.h(`sound.volume.${value}`) }));
    return html`<section class="panel">
      <h2>${this.h('sound.title')}</h2>
      ${this.#option('sound', settings.sound ? 'on' : 'off', [on, silent])}
      ${
        settings.sound
          ? html`${this.#option('volume', settings.volume, volumes)} ${this.#option('voice', settings.voice ? 'on' : 'off', [on, off])}
            <p class="dim">${this.h(hasVoice ? 'sound.voice-why' : 'sound.voice-none')}</p>
            <button type="button" class="button other" data-testid="sound-try" @click=${() => sound.rehearse()}>${icon('sound')} ${this.h('sound.try')}</button>`
          : nothing
      }
    </section>`;
  }

  #option(key: 'sound' | 'volume' | 'voice', value: string, options: readonly ChoiceOption[]) {
    const choose = (event: CustomEvent<{ readonly value: string }>): void => {
      const chosen = event.detail.value;
      const volume = VOLUMES.find((each) => each === chosen);
      void this.services.life.change(volume === undefined ? { [key]: chosen === 'on' } : { volume });
    };
    const label = this.h(key === 'sound' ? 'sound.mode' : `sound.${key}`);
    return html`<div class="option">
      <h3>${label}</h3>
      <pos-choice .name=${key} .label=${label} .value=${value} .options=${options} @pos-choose=${choose}></pos-choice>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-sound': PartSound;
  }
}
