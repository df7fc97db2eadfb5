import { css } from 'lit';

export const refundStyles = css`
  :host {
    display: grid;
    gap: var(--space-12);
    scroll-margin: var(--space-12);
    overflow-anchor: none;
  }
  .panel {
    display: grid;
    gap: 14px;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--gap);
  }
  .pair .button,
  .foot .button {
    min-height: 56px;
  }
  .lines li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-8);
    min-height: 60px;
    border-top: 1px solid var(--line);
  }
  .stepper {
    display: grid;
    grid-template-columns: 48px 56px 48px;
    align-items: center;
    text-align: center;
    font-size: var(--text-18);
    font-weight: 700;
  }
  .stepper small {
    display: block;
    font-size: var(--text-12);
    font-weight: 500;
    color: var(--ink-dim);
  }
  .back {
    display: grid;
    gap: 2px;
    padding: 14px 16px;
    border-radius: var(--radius);
    background: var(--bezel);
    color: var(--bezel-ink);
  }
  .back dt {
    color: var(--bezel-dim);
    font-weight: 600;
  }
  .back .big {
    font-size: clamp(2rem, 9vw, 3rem);
    font-weight: 700;
    line-height: 1.1;
  }
  .back p {
    display: flex;
    justify-content: space-between;
    gap: var(--space-12);
    color: var(--bezel-dim);
  }
  .back p .figure {
    color: var(--bezel-ink);
  }
  .problem {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: 28px;
    font-weight: 650;
    color: var(--bad-text);
  }
  .foot {
    display: grid;
    /* The way on is never the smaller one. */
    grid-template-columns: fit-content(50%) minmax(0, 1fr);
    gap: var(--gap);
  }
  .ended {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--space-16);
  }
  .ended svg {
    width: 76px;
    height: auto;
  }
  .ended.bad svg {
    --sign-hole: var(--panel);
    color: var(--bad-text);
  }
  .ended h3 {
    font-size: var(--text-24);
    line-height: 1.2;
  }
  .past li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 12px;
    padding: var(--space-8) 0;
    border-top: 1px solid var(--line);
  }
  .past small {
    color: var(--ink-dim);
  }
`;
