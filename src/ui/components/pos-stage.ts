import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';

/**
 * The places of every step of a sale: figures above, paper beside, keys below, the one next action at the bottom.
 * All steps use this one frame, so nothing moves from under the finger when a step changes. The band of a result has a pattern
 * beside its colour: none for money, stripes above for what is not known, below for no money, a frame for what was undone, a
 * board at the side for what needs a manager.
 *
 * @slot display - the figures, on the ink band
 * @slot paper - basket, slip, evidence
 * @slot keys - keypad, or what replaces it
 * @slot action - the next action: always the same place, always the same size
 */
@customElement('pos-stage')
export class PosStage extends LitElement {
  static override styles = [
    base,
    css`
      :host(:dir(rtl)) {
        --start: right;
      }
      :host {
        display: grid;
        height: 100%;
        min-height: max-content;
        grid-template:
          'display' minmax(118px, 1.25fr)
          'paper' minmax(54px, 1fr)
          'keys' auto
          'action' auto / minmax(0, 1fr);
        background: var(--case);
      }
      .display {
        grid-area: display;
        display: grid;
        min-width: 0;
        min-height: 0;
        padding: 4px 16px 14px;
        background: var(--bezel);
        color: var(--bezel-ink);
      }
      .paper {
        grid-area: paper;
        min-width: 0;
        min-height: 0;
        padding: 0 var(--space-12);
        background: var(--case-deep);
        overflow: hidden;
        display: grid;
        /* A long slip takes the room that there is, and makes no row beside it higher. */
        contain: size;
      }
      .keys {
        grid-area: keys;
        min-width: 0;
        padding: 10px 12px 0;
      }
      .action {
        grid-area: action;
        padding: var(--gap) 12px 10px;
        min-height: 90px;
      }
      :host([tone='good']) .display {
        background: var(--good);
        color: var(--good-ink);
      }
      :host([tone='warn']) .display {
        background:
          repeating-linear-gradient(-45deg, var(--warn-ink) 0 14px, var(--warn) 14px 28px) top / 100% 16px no-repeat,
          var(--warn);
        color: var(--warn-ink);
        padding-top: var(--space-20);
      }
      :host([tone='bad']) .display {
        background:
          repeating-linear-gradient(-45deg, var(--bad-ink) 0 14px, var(--bad) 14px 28px) bottom / 100% 20px no-repeat,
          var(--bad);
        color: var(--bad-ink);
        padding-bottom: var(--space-28);
      }
      :host([tone='undone']) .display {
        background: var(--undone);
        color: var(--undone-ink);
        outline: 8px solid var(--undone-ink);
        outline-offset: -12px;
        padding: var(--space-20) 24px;
      }
      :host([tone='call']) .display {
        background:
          repeating-conic-gradient(var(--call-ink) 0 25%, var(--call) 0 50%) var(--start, left) / 20px 20px repeat-y,
          var(--call);
        color: var(--call-ink);
        padding-inline-start: 32px;
      }
      :host([no-paper]) {
        grid-template:
          'display' minmax(150px, 1.4fr)
          'keys' auto
          'action' auto / minmax(0, 1fr);
      }
      :host([no-paper]) .paper {
        display: none;
      }
      /* A step with a row more of keys than others: on a phone everything moves together. */
      :host([tight]) {
        grid-template:
          'display' minmax(116px, 1fr)
          'keys' auto
          'action' auto / minmax(0, 1fr);
      }
      :host([tight]) .display {
        padding-block: 2px 6px;
      }
      :host([tight]) .keys {
        padding-top: 6px;
      }
      :host([tight]) .action {
        padding-block: 6px;
        min-height: 84px;
      }
      /* A small phone on which somebody is guided: the next action is whole, and the figures are smaller. */
      @media (max-width: 699px) and (max-height: 760px) {
        :host([tight]) {
          grid-template-rows: minmax(100px, 1fr) auto auto;
        }
        :host([tight]) .keys {
          padding-top: 4px;
        }
        :host([tight]) .action {
          padding-block: 4px;
          min-height: 72px;
        }
      }
      /* Words instead of keys: they scroll, and the next action stays where it is. */
      :host([words]) {
        min-height: 400px;
        grid-template:
          'display' minmax(min-content, 0.85fr)
          'keys' minmax(160px, 1.6fr)
          'action' auto / minmax(0, 1fr);
      }
      /* As high as what it says asks for: no word lies over the keys. */
      :host([words]) .display {
        min-height: 150px;
      }
      :host([words]) .keys {
        overflow: auto;
        padding-bottom: var(--space-8);
      }
      @media (min-width: 900px) {
        :host,
        :host([no-paper]),
        :host([tight]) {
          grid-template:
            'paper display' minmax(190px, 0.85fr)
            'paper keys' minmax(min-content, 1.5fr)
            'paper action' auto / minmax(340px, 0.62fr) minmax(0, 1fr);
        }
        :host([words]) {
          grid-template:
            'paper display' minmax(min-content, 0.85fr)
            'paper keys' minmax(0, 1.5fr)
            'paper action' auto / minmax(340px, 0.62fr) minmax(0, 1fr);
        }
        :host([no-paper]) .paper,
        .paper {
          display: grid;
          padding: 0 var(--space-28) var(--space-20);
          box-shadow: var(--sunk);
        }
        .display,
        :host([tight]) .display {
          padding: 10px 28px 20px;
        }
        .keys,
        :host([tight]) .keys {
          padding: var(--space-20) var(--space-28) 0;
          display: grid;
        }
        .action,
        :host([tight]) .action {
          padding: var(--space-12) var(--space-28) var(--space-20);
        }
      }
      /* A phone on its side, and a counter screen enlarged twice. */
      @media (min-width: 560px) and (max-width: 899px) and (max-height: 560px) {
        :host,
        :host([no-paper]),
        :host([tight]),
        :host([words]) {
          min-height: 290px;
          grid-template:
            'display keys' minmax(118px, 1.4fr)
            'paper keys' minmax(0, 1fr)
            'action keys' auto / minmax(0, 1fr) minmax(300px, 1fr);
        }
        :host([no-paper]),
        :host([tight]) {
          grid-template:
            'display keys' minmax(0, 1fr)
            'action keys' auto / minmax(0, 1fr) minmax(300px, 1fr);
        }
        /* The figures are as high as they must be; what is beside them scrolls. */
        :host([words]) {
          min-height: max-content;
          grid-template:
            'display keys' minmax(min-content, 1fr)
            'action keys' auto / minmax(0, 1fr) minmax(300px, 1fr);
        }
        :host([words]) .display {
          min-height: 0;
        }
        :host([words]) .keys {
          height: 0;
          min-height: 100%;
        }
        .keys {
          overflow: auto;
          padding-bottom: var(--space-8);
        }
      }
      /* A tablet on its edge has room for everything. */
      @media (max-width: 899px) and (min-height: 1000px) {
        :host([no-paper]),
        :host([tight]),
        :host([words]) {
          grid-template:
            'display' minmax(min-content, 0.9fr)
            'paper' minmax(0, 1fr)
            'keys' auto
            'action' auto / minmax(0, 1fr);
        }
        :host([no-paper]) .display,
        :host([tight]) .display,
        :host([words]) .display {
          min-height: 190px;
        }
        :host([no-paper]) .paper {
          display: grid;
        }
      }
      @media (min-width: 600px) and (max-width: 899px) {
        .keys,
        .action,
        .paper {
          padding-inline: 24px;
        }
      }
      /* A pad that must be whole in sight: the display is as low as it can be, and there is no next action but the pad. */
      :host([pad]) {
        min-height: 0;
        grid-template:
          'display' auto
          'keys' minmax(0, 1fr) / minmax(0, 1fr);
      }
      :host([pad]) .display {
        min-height: 0;
        padding-bottom: var(--space-8);
      }
      :host([pad]) .action {
        display: none;
      }
      @media (min-width: 900px) {
        :host([pad]) {
          grid-template:
            'paper display' auto
            'paper keys' minmax(0, 1fr) / minmax(340px, 0.62fr) minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ reflect: true }) tone: 'ink' | 'good' | 'warn' | 'bad' | 'undone' | 'call' = 'ink';
  /** On a phone this step has no room for paper; a counter screen shows it all the same. */
  @property({ type: Boolean, reflect: true, attribute: 'no-paper' }) noPaper = false;
  /** On a phone this step has more keys than others: the display gives way. */
  @property({ type: Boolean, reflect: true }) tight = false;
  /** The place of the keys holds words, which scroll. */
  @property({ type: Boolean, reflect: true }) words = false;

  /** The place of the keys holds a pad for a PIN. */
  @property({ type: Boolean, reflect: true }) pad = false;

  override render() {
    return html`
      <div class="display"><slot name="display"></slot></div>
      <div class="paper"><slot name="paper"></slot></div>
      <div class="keys" tabindex=${this.words ? 0 : nothing}><slot name="keys"></slot></div>
      <div class="action"><slot name="action"></slot></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-stage': PosStage;
  }
}
