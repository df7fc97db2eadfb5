import { css } from 'lit';

export const refundStyles = css`
  :host {
    display: grid;
    gap: 12px;
    scroll-margin: 12px;
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
    gap: 8px;
    min-height: 60px;
    border-top: 1px solid var(--line);
  }
  .stepper {
    display: grid;
    grid-template-columns: 48px 56px 48px;
    align-items: center;
    text-align: center;
    font-size: 1.125rem;
    font-weight: 700;
  }
  .stepper small {
    display: block;
    font-size: 0.75rem;
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
    gap: 12px;
    color: var(--bezel-dim);
  }
  .back p .figure {
    color: var(--bezel-ink);
  }
  .problem {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    font-weight: 650;
    color: var(--bad-text);
  }
  .foot {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--gap);
  }
  .ended {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 16px;
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
    font-size: 1.5rem;
    line-height: 1.2;
  }
  .past li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 12px;
    padding: 8px 0;
    border-top: 1px solid var(--line);
  }
  .past small {
    color: var(--ink-dim);
  }
`;
