import { css } from 'lit';

/** A page that fills the screen, under the stripe that says that nothing counts here. */
export const wholePage = css`
  .whole {
    display: grid;
    grid-auto-rows: auto 1fr;
    grid-template-columns: minmax(0, 1fr);
    height: 100%;
    overflow: auto;
  }
  .whole > :only-child {
    grid-row: 1 / span 2;
  }
  .training {
    padding: 3px 12px;
    background: repeating-linear-gradient(-45deg, var(--warn) 0 18px, var(--warn-deep) 18px 36px);
    color: var(--warn-ink);
    font-size: var(--text-14);
    font-weight: 700;
    text-align: center;
  }
`;
