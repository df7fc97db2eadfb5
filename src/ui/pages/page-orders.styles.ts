import { css } from 'lit';

export const ordersStyles = css`
  .today {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 2px 16px;
    padding: 16px 18px;
    border-radius: 18px;
    background: var(--bezel);
    color: var(--bezel-ink);
  }
  .today > :first-child {
    grid-column: 1 / -1;
  }
  .today dt {
    color: var(--bezel-dim);
    font-weight: 600;
    font-size: 0.9375rem;
  }
  .today dd {
    font-size: 1.5rem;
    font-weight: 700;
    line-height: 1.2;
  }
  .today > :first-child dd {
    font-size: clamp(2.5rem, 11vw, 4rem);
    letter-spacing: -0.02em;
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap);
  }
  .day h2 {
    padding: 10px 6px 6px;
    font-size: 0.9375rem;
    color: var(--ink-dim);
  }
  .list {
    display: grid;
    gap: 2px;
  }
  .sale {
    display: grid;
    grid-template:
      'time what amount arrow' auto
      '. marks marks marks' auto / auto minmax(0, 1fr) auto 20px;
    align-items: center;
    column-gap: 14px;
    min-height: 64px;
    padding: 8px 12px;
    border-radius: 10px;
    background: var(--panel);
    color: var(--ink);
    text-decoration: none;
  }
  .sale:hover {
    background: var(--key);
  }
  .time {
    font-size: 1.125rem;
    font-weight: 650;
  }
  .what strong {
    display: block;
    font-weight: 600;
    line-height: 1.25;
  }
  .what small {
    display: block;
    font-size: 0.8125rem;
    color: var(--ink-dim);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .amount {
    grid-area: amount;
    font-size: 1.375rem;
    font-weight: 700;
  }
  .sale > svg {
    grid-area: arrow;
    color: var(--ink-dim);
  }
  .marks {
    grid-area: marks;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
  }
  .sign {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    font-size: 0.8125rem;
    font-weight: 600;
    color: var(--accent-text);
  }
  .sign.warn {
    color: var(--warn-text);
  }
  .quiet {
    padding: 12px;
    text-align: center;
    color: var(--ink-dim);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 14px;
    padding: 48px 16px;
    color: var(--ink-dim);
    text-align: center;
  }
  .more {
    justify-self: center;
  }
  @media (min-width: 700px) {
    .today {
      grid-template-columns: 1fr auto auto;
      gap: 48px;
      padding: 22px 28px;
      align-items: end;
    }
    .today > :first-child {
      grid-column: auto;
    }
    .today dd {
      font-size: 2rem;
    }
    .sale {
      grid-template: 'time what marks amount arrow' auto / 64px minmax(0, 1fr) auto minmax(120px, auto) 20px;
      padding-inline: 18px;
    }
    .amount {
      text-align: right;
    }
  }
`;
