import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { KEYS } from '../../domain/look.ts';
import '../components/pos-choice.ts';
import { HelpPage } from '../state/help-page.ts';
import { base } from '../styles/shared.ts';

/** Where characters typed on a keyboard work: who dictates, or presses keys unmeant, keeps them to what has the focus. */
@customElement('part-keys')
export class PartKeys extends HelpPage {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 6px;
        padding: 10px 0;
        border-top: 1px solid var(--line);
      }
      h3 {
        font-size: var(--text-16);
      }
      p {
        color: var(--ink-dim);
      }
    `,
  ];

  override render() {
    const { keys } = this.follow(this.services.life.settings);
    const options = KEYS.map((value) => ({ value, label: this.h(`keys.${value}`) }));
    const choose = (event: CustomEvent<{ readonly value: string }>): void => {
      const chosen = KEYS.find((each) => each === event.detail.value);
      if (chosen !== undefined) void this.services.life.change({ keys: chosen });
    };
    const label = this.h('keys.title');
    return html`<h3>${label}</h3>
      <pos-choice name="keys" .label=${label} .value=${keys} .options=${options} @pos-choose=${choose}></pos-choice>
      <p>${this.h('keys.why')}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-keys': PartKeys;
  }
}
