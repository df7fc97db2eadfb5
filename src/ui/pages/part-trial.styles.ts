import { css } from 'lit';

/** A small screen that shows what a device said, and the word that it works. */
export const trialStyles = css`
  .screen {
    padding: 14px 16px;
    min-height: 64px;
    border-radius: var(--radius);
    background: var(--bezel);
    color: var(--bezel-ink);
    font-size: var(--text-24);
    font-weight: 700;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .screen.waiting {
    color: var(--bezel-dim);
  }
  .works {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    font-weight: 700;
    color: var(--good-text);
  }
  .again {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    font-weight: 700;
    color: var(--bad-text);
  }
  .dim {
    color: var(--ink-dim);
  }
`;
