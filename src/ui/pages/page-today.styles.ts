import { css } from 'lit';

export const todayStyles = css`
  .title h1 {
    flex: 1;
    min-width: 0;
  }
  .title h1 small {
    color: var(--ink-dim);
    font-size: var(--text-15);
    font-weight: 600;
    white-space: nowrap;
  }
  .takings {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--space-8) var(--space-16);
    padding: 18px;
    border-radius: var(--radius-l);
    background: var(--bezel);
    color: var(--bezel-ink);
  }
  .takings > :first-child {
    grid-column: 1 / -1;
  }
  .takings dt {
    color: var(--bezel-dim);
    font-size: var(--text-15);
    font-weight: 600;
  }
  .takings dd {
    font-size: var(--text-24);
    font-weight: 700;
    line-height: 1.2;
    overflow-wrap: anywhere;
  }
  .takings > :first-child dd {
    font-size: clamp(2.5rem, 11vw, 4.5rem);
    letter-spacing: -0.02em;
  }
  .panel h2 {
    display: flex;
    gap: var(--space-8);
    align-items: center;
  }
  .bars {
    display: grid;
    gap: var(--space-12);
  }
  .bars li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px var(--space-12);
    font-weight: 600;
  }
  .bars .figure {
    font-size: var(--text-18);
    font-weight: 700;
  }
  meter {
    grid-column: 1 / -1;
    width: 100%;
    height: 8px;
    border: 0;
    border-radius: 4px;
    background: var(--case-deep);
    appearance: none;
  }
  meter::-webkit-meter-inner-element {
    display: block;
  }
  meter::-webkit-meter-bar {
    height: 8px;
    border: 0;
    border-radius: 4px;
    background: var(--case-deep);
  }
  meter::-webkit-meter-optimum-value {
    border-radius: 4px;
    background: var(--ink-dim);
  }
  meter::-moz-meter-bar {
    border-radius: 4px;
    background: var(--ink-dim);
  }
  .big {
    font-size: var(--text-32);
    font-weight: 700;
  }
  .doubt {
    box-shadow: inset 6px 0 0 var(--warn);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 14px;
    padding: 48px 16px;
    text-align: center;
    color: var(--ink-dim);
  }
  .empty h2 {
    margin: 0;
    color: var(--ink);
  }
  .empty p {
    max-width: 32em;
  }
  .local {
    font-size: var(--text-14);
  }
  @media (min-width: 700px) {
    .takings {
      grid-template-columns: minmax(0, 1fr);
      grid-auto-flow: column;
      grid-auto-columns: auto;
      align-items: end;
      gap: 44px;
      padding: 24px 28px;
    }
    .takings > :first-child {
      grid-column: auto;
    }
    .takings dd {
      font-size: var(--text-28);
    }
  }
`;
