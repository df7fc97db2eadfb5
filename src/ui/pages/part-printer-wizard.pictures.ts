import { css, html, nothing } from 'lit';
import {
  type Charset,
  charsetSlip,
  cutterSlip,
  type PaperColumns,
  RULER,
} from '../../flow/devices/trial-slips.ts';
import { icon } from '../components/icons.ts';

/** Drawn paper, in columns of one width. The printer's marks, not words: they are the same in every language. */
export const pictureStyles = css`
  figure {
    display: grid;
    gap: var(--space-8);
    justify-items: start;
    min-width: 0;
  }
  figcaption {
    color: var(--ink-dim);
    font-size: var(--text-14);
  }
  .slip {
    padding: var(--space-16) var(--space-16) var(--space-28);
    background: var(--slip);
    color: var(--slip-ink);
    box-shadow: var(--lift-sheet);
    font-family: var(--font-mono);
    line-height: 1.5;
    text-align: left;
    direction: ltr;
    overflow: hidden;
    max-width: 100%;
  }
  .slip p {
    white-space: pre;
  }
  .slip .first {
    font-size: 1.3em;
  }
  .slip .ruler,
  .tape {
    font-size: clamp(8.5px, 2.5vw, 15px);
    line-height: 1.6;
  }
  .slip .ruler {
    color: var(--slip-dim);
  }
  @media (min-width: 900px) {
    .slip {
      font-size: var(--text-22);
    }
  }
  .slip.cut {
    width: 12em;
    max-width: 100%;
    padding-bottom: 0;
    text-align: center;
  }
  .slip.cut .pair {
    display: flex;
    justify-content: space-between;
    border-block: 1px dashed var(--slip-rule);
    margin-block: var(--space-8) var(--space-16);
  }
  .slip.cut .edge {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    margin: 0 calc(-1 * var(--space-16));
    padding: var(--space-8) var(--space-16);
    background: var(--case-deep);
    color: var(--ink);
  }
  .slip.cut .edge::after {
    content: '';
    flex: 1;
    border-top: 2px dashed currentColor;
  }
  .tape {
    display: block;
    align-self: flex-start;
    padding: 6px 8px;
    border: 1px solid var(--slip-rule);
    background: var(--slip);
    color: var(--slip-dim);
    font-family: var(--font-mono);
    font-weight: 400;
    text-align: left;
    direction: ltr;
    white-space: pre;
    overflow: hidden;
    max-width: 100%;
  }
  .tape b {
    padding: 0 2px;
    border-radius: 3px;
    background: var(--slip-ink);
    color: var(--slip);
  }
`;

/** The slip of a charset as it should look; its ruler broken as on narrow paper. */
export function slipPicture(charset: Charset, caption: string) {
  const lines = charsetSlip(charset).blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
  return html`<figure data-testid="wizard-picture">
    <div class="slip" role="img" aria-label=${lines.filter((line) => line !== RULER).join(' ')}>
      ${lines.map((line, index) =>
        line === RULER
          ? html`<p class="ruler">${line.slice(0, 32)}</p><p class="ruler">${line.slice(32)}</p>`
          : html`<p class=${index === 0 ? 'first' : ''}>${line}</p>`,
      )}
    </div>
    <figcaption>${caption}</figcaption>
  </figure>`;
}

/** The ruler on paper of so many columns, its last number marked. */
export function rulerPicture(columns: PaperColumns) {
  const first = RULER.slice(0, columns - 2);
  const rest = RULER.slice(columns);
  return html`<span class="tape" aria-hidden="true">${first}<b>${columns}</b>${rest === '' ? '' : `\n${rest}`}</span>`;
}

export function cutPicture(caption: string) {
  return html`<figure data-testid="wizard-picture">
    <div class="slip cut" role="img" aria-label=${caption}>
      ${cutterSlip().blocks.map((block) => {
        if (block.kind === 'text') return html`<p class="first">${block.text}</p>`;
        if (block.kind !== 'pair') return nothing;
        return html`<p class="pair"><span>${block.left}</span><span>${block.right}</span></p>`;
      })}
      <p class="edge">${icon('scissors', 20)}</p>
    </div>
    <figcaption>${caption}</figcaption>
  </figure>`;
}
