import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { HelpPage } from '../state/help-page.ts';
import { PATH_STEPS, type PathStep, type SalePath, salePath } from '../state/sale-path.ts';
import { base } from '../styles/shared.ts';

/** The ten steps of the box on the counter, and the one that the sale is at: in words where there is room for ten. */
@customElement('part-path')
export class PartPath extends HelpPage {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .path {
        display: flex;
        align-items: center;
        gap: 10px;
        height: 100%;
        padding-inline: var(--space-12);
        color: var(--bezel-dim);
        font-size: var(--text-13);
        line-height: 1;
        white-space: nowrap;
      }
      .now {
        min-width: 7em;
        color: var(--bezel-ink);
        font-weight: 650;
      }
      ol {
        display: flex;
        flex: 1;
        gap: 3px;
      }
      li {
        flex: 1;
        /* A line that is drawn in forced colours too. */
        border-block-start: 3px solid var(--bezel-line);
      }
      .gone {
        border-color: var(--bezel-dim);
      }
      .skipped {
        border-block-start-style: dotted;
      }
      .here {
        border-color: var(--accent);
        border-block-start-width: 6px;
        margin-block: -3px;
      }
      .name {
        display: none;
      }
      @media (min-width: 700px) and (min-height: 561px) {
        .path {
          align-items: stretch;
          padding: 6px 12px 0;
        }
        .now {
          display: none;
        }
        ol {
          gap: 5px;
        }
        li {
          padding-top: 5px;
          text-align: center;
        }
        .here {
          margin-block: 0;
          padding-top: 2px;
          color: var(--bezel-ink);
          font-weight: 700;
        }
        .name {
          display: inline;
        }
      }
    `,
  ];

  override render() {
    const path = salePath(this.follow(this.services.checkout.state));
    const at = PATH_STEPS.indexOf(path.now);
    const name = this.#name(path.now, path);
    const place = { step: at + 1, of: PATH_STEPS.length };
    return html`<div class="path" role="img" aria-label=${this.h('path.label', { ...place, name })} data-testid="path" data-step=${path.now}>
      <span class="now figure">${this.h('path.now', place)} ${name}</span>
      <ol>
        ${PATH_STEPS.map(
          (step, index) =>
            html`<li class=${index === at ? 'here' : path.skipped.includes(step) ? 'skipped' : index < at ? 'gone' : ''}><span class="name">${this.#name(step, path)}</span></li>`,
        )}
      </ol>
    </div>`;
  }

  #name(step: PathStep, { isCash }: SalePath): string {
    return isCash && (step === 'present' || step === 'take')
      ? this.h(`path.${step}-cash`)
      : this.h(`path.${step}`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-path': PartPath;
  }
}
