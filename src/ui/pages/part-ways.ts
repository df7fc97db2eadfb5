import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { WayView } from '../../flow/counter-devices.ts';
import { icon } from '../components/icons.ts';
import { CounterPage } from '../state/counter-page.ts';
import { base } from '../styles/shared.ts';
import { stepStyles } from './part-device.styles.ts';

/** What this browser lacks, in plain words, with what to buy or do instead. Nothing where it lacks nothing. */
@customElement('part-ways')
export class PartWays extends CounterPage {
  static override styles = [
    base,
    stepStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-8);
      }
      h3 {
        display: flex;
        gap: var(--space-8);
        margin-bottom: 10px;
        font-size: var(--text-16);
      }
    `,
  ];

  @property({ attribute: false }) ways: readonly WayView[] = [];
  @property() heading = '';
  /** Also what often stands in a way that is open. */
  @property({ type: Boolean }) cautious = false;
  /** Something else is open: what is missing is only for whoever looks for more. */
  @property({ type: Boolean }) folded = false;

  override render() {
    // One sentence may answer for every way: the page is not encrypted, or inside another program.
    const absences = [...new Set(this.ways.flatMap(({ absence }) => absence ?? []))];
    const cautions = this.cautious ? this.ways.flatMap(({ caution }) => caution ?? []) : [];
    return html`${cautions.map(
      (caution) =>
        html`<p class="why" data-testid="caution">${icon('alert', 20)} <span>${this.c(`caution.${caution}`)}</span></p>`,
    )}
    ${absences.length === 0 ? nothing : this.#missing(absences)}`;
  }

  #missing(absences: readonly NonNullable<WayView['absence']>[]) {
    const list = html`<ul class="ways" data-testid="lacks">
      ${absences.map(
        (absence) =>
          html`<li class="why" data-absence=${absence}>${icon('question', 20)} <span>${this.c(`absence.${absence}`)}</span></li>`,
      )}
    </ul>`;
    if (this.folded)
      return html`<details data-testid="lacks-folded">
        <summary>${icon('next', 20)} ${this.c('connect.lacks')}</summary>
        ${list}
      </details>`;
    return html`${this.heading === '' ? nothing : html`<h3>${this.heading}</h3>`} ${list}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-ways': PartWays;
  }
}
