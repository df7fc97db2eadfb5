import { css } from 'lit';

export const authorisationStyles = css`
  .heading {
    font-size: var(--text-17);
  }
  .form,
  .under {
    display: grid;
    gap: 14px;
  }
  .under {
    padding: 22px;
  }
  .item {
    display: grid;
    gap: var(--space-12);
    padding: 14px 16px;
    border-radius: var(--radius);
    border-inline-start: 6px solid var(--line);
    background: var(--panel);
  }
  .item.held {
    border-inline-start-color: var(--accent);
  }
  .head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 14px;
  }
  .head small {
    display: block;
    font-size: var(--text-14);
    color: var(--ink-dim);
  }
  .details {
    grid-column: 1 / -1;
    overflow-wrap: anywhere;
  }
  .ended.good svg {
    color: var(--good-text);
  }
  .ended.bad svg {
    color: var(--bad-text);
  }
  @media (max-width: 899px) {
    .first {
      order: -1;
    }
  }
  .amount {
    font-size: var(--text-24);
    font-weight: 700;
  }
  .none {
    display: grid;
    justify-items: center;
    gap: var(--space-12);
    padding: 32px 16px;
    color: var(--ink-dim);
  }
  .refusal {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-12);
    padding: 14px 16px;
    border-radius: var(--radius);
    border: 2px solid var(--bad-text);
    background: var(--panel);
  }
  .refusal svg {
    color: var(--bad-text);
  }
  .ended {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--space-20);
  }
  .ended svg {
    --sign-hole: var(--panel);
    width: 88px;
    height: auto;
  }
  .huge {
    font-size: clamp(2.25rem, 10vw, 4rem);
    font-weight: 700;
    line-height: 1.1;
    letter-spacing: -0.02em;
  }
  .facts {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-4) var(--space-16);
  }
  .facts dt {
    color: var(--ink-dim);
  }
  .facts dd {
    text-align: end;
    font-weight: 650;
    overflow-wrap: anywhere;
  }
`;
