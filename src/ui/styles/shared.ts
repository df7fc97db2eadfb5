import { css, unsafeCSS } from 'lit';

/**
 * Figures that fit their place need container queries. Whole rules as values, because the template checker knows the CSS
 * of 2021 and takes the property for a slip of the pen. An element measures its `.room`.
 */
export const roomMeasured = unsafeCSS('.room { container-type: size; }');

/** What every element of the house begins with: sizing, focus, figures, and text that only screen readers hear. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  h1:focus {
    outline: none;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  a {
    color: var(--accent-text);
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  .figure {
    font-family: var(--font-figure);
    font-variant-numeric: tabular-nums lining-nums;
    font-feature-settings: 'tnum', 'lnum';
    unicode-bidi: isolate;
  }
  .heard {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  svg {
    display: block;
    flex: none;
  }
  :dir(rtl) > svg.points {
    scale: -1 1;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;

/** Buttons are keycaps: a face, an edge that gives way under the finger, and room of 48 px at least. */
export const buttons = css`
  .button {
    --face: var(--key);
    --edge: var(--key-edge);
    --label: var(--ink);
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-8);
    min-width: var(--touch);
    min-height: var(--touch);
    padding: 4px 18px 7px;
    border: var(--cap-border);
    border-radius: var(--radius);
    background: var(--face);
    color: var(--label);
    box-shadow: inset 0 -3px 0 var(--edge);
    font-size: var(--text-16);
    font-weight: 600;
    line-height: 1.2;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  .button:active:not(:disabled):not([aria-disabled='true']) {
    box-shadow: inset 0 2px 0 var(--edge);
    padding: 7px 18px 4px;
  }
  .button:disabled {
    --label: var(--ink-dim);
    --face: var(--key-other);
    cursor: default;
    opacity: 0.75;
  }
  .button.primary {
    --face: var(--accent);
    --edge: var(--accent-edge);
    --label: var(--accent-ink);
  }
  .button.primary:disabled {
    --face: var(--case-deep);
    --edge: transparent;
    --label: var(--ink-dim);
    opacity: 1;
  }
  .button.danger {
    --face: var(--bad);
    --edge: var(--bad-deep);
    --label: var(--bad-ink);
  }
  .button.good {
    --face: var(--good);
    --edge: var(--good-deep);
    --label: var(--good-ink);
  }
  .button.other {
    --face: var(--key-other);
    --edge: var(--key-other-edge);
  }
  .button.quiet {
    background: transparent;
    box-shadow: none;
    padding: var(--space-4) var(--space-12);
  }
  .button.big {
    min-height: 72px;
    font-size: var(--text-24);
    font-weight: 700;
    width: 100%;
  }
  .button.wide {
    width: 100%;
  }
  .button.icon {
    padding: 0;
    flex: none;
  }
  .button.icon:active:not(:disabled) {
    padding: 2px 0 0;
  }
  .button.icon.quiet:active {
    padding: 0;
    background: color-mix(in srgb, currentColor 14%, transparent);
  }
`;

/** Words in a card: settings, devices, order details. */
export const panels = css`
  .panel {
    background: var(--panel);
    box-shadow: var(--panel-edge);
    border-radius: var(--radius);
    padding: var(--space-16);
  }
  .panel h2 {
    font-size: var(--text-17);
    margin-bottom: var(--space-8);
  }
  .panel > p,
  .panel > .actions,
  .panel > .button,
  .panel > pos-article {
    margin-top: var(--space-12);
  }
  .dim {
    color: var(--ink-dim);
  }
  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-12);
    min-height: var(--touch);
    padding: 6px 0;
  }
  .row + .row {
    border-top: 1px solid var(--line);
  }
  .row > :first-child {
    min-width: 0;
  }
  .row .note {
    display: block;
    font-size: var(--text-14);
    color: var(--ink-dim);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap);
  }
`;
