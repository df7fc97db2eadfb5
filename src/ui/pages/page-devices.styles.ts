import { css } from 'lit';

/** The printer's panel, its options and its paper. */
export const devicesStyles = css`
      part-printer-card > *,
      pos-device-card > *,
      .panel > part-wizard-offer {
        margin-top: var(--space-12);
      }
      .below {
        margin-top: 14px;
      }
      .option {
        display: grid;
        gap: 6px;
        padding: 10px 0;
      }
      .option h3 {
        font-size: var(--text-16);
      }
      .feed {
        padding: 0;
        background: var(--case-deep);
        border-radius: var(--radius);
        overflow: hidden;
      }
      .feed h2 {
        font-size: var(--text-17);
      }
      .feed h2,
      .feed .option {
        padding: var(--space-12) var(--space-16);
        margin: 0;
      }
      .mouth {
        height: 12px;
        margin: 0 var(--space-12);
        border-radius: 6px 6px 0 0;
        background: linear-gradient(var(--mouth-top), var(--mouth-bottom));
      }
      .roll {
        margin: 0 var(--space-20) var(--space-20);
        max-height: 64vh;
        overflow-y: auto;
      }
      .empty {
        padding: 24px 8px 8px;
        text-align: center;
        color: var(--ink-dim);
      }
    `;
