import { css } from 'lit';

/** The printer's panel, its options and its paper. */
export const devicesStyles = css`
      .link {
        display: flex;
        align-items: center;
        gap: 14px;
        margin-bottom: 10px;
      }
      .link .sign {
        display: grid;
        place-items: center;
        width: 60px;
        height: 60px;
        border-radius: 16px;
        background: var(--case-deep);
        flex: none;
      }
      .link .sign.good {
        background: var(--good);
        color: var(--good-ink);
      }
      .link strong {
        display: block;
        font-size: 1.25rem;
        line-height: 1.3;
      }
      .below {
        margin-top: 14px;
      }
      .refused {
        display: flex;
        gap: 10px;
        padding: 12px 14px;
        margin-bottom: 12px;
        border-radius: var(--radius);
        background: var(--bad);
        color: var(--bad-ink);
        font-weight: 600;
      }
      .option {
        display: grid;
        gap: 6px;
        padding: 10px 0;
      }
      .option h3 {
        font-size: 1rem;
      }
      .feed {
        padding: 0;
        background: var(--case-deep);
        border-radius: var(--radius);
        overflow: hidden;
      }
      .feed h2 {
        font-size: 1.0625rem;
      }
      .feed h2,
      .feed .option {
        padding: 12px 16px;
        margin: 0;
      }
      .mouth {
        height: 12px;
        margin: 0 12px;
        border-radius: 6px 6px 0 0;
        background: linear-gradient(#050606, #2a3132);
      }
      .roll {
        margin: 0 20px 20px;
        max-height: 64vh;
        overflow-y: auto;
      }
      .empty {
        padding: 24px 8px 8px;
        text-align: center;
        color: var(--ink-dim);
      }
      dd {
        font-weight: 650;
        text-align: right;
      }
    `;
