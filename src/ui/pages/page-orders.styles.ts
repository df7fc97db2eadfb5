import { css } from 'lit';

export const ordersStyles = css`
  .today {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 2px 16px;
    padding: 16px 18px;
    border-radius: var(--radius-l);
    background: var(--bezel);
    color: var(--bezel-ink);
  }
  .today > :first-child {
    grid-column: 1 / -1;
  }
  .today dt {
    color: var(--bezel-dim);
    font-weight: 600;
    font-size: var(--text-15);
  }
  .today dd {
    font-size: var(--text-24);
    font-weight: 700;
    line-height: 1.2;
  }
  .today > :first-child dd {
    font-size: clamp(2.5rem, 11vw, 4rem);
    letter-spacing: -0.02em;
  }
  .day-link {
    position: relative;
    display: block;
    border-radius: var(--radius-l);
    color: inherit;
    text-decoration: none;
  }
  .day-link .go {
    position: absolute;
    inset-inline-end: 14px;
    top: 14px;
    display: flex;
    align-items: center;
    gap: 2px;
    color: var(--bezel-dim);
    font-weight: 600;
  }
  .day-link:hover .go {
    color: var(--bezel-ink);
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap);
  }
  .day h2 {
    padding: 10px 6px 6px;
    font-size: var(--text-15);
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
    padding: var(--space-8) var(--space-12);
    border-radius: var(--radius-m);
    background: var(--panel);
    color: var(--ink);
    text-decoration: none;
  }
  .sale:hover {
    background: var(--key);
  }
  .time {
    font-size: var(--text-18);
    font-weight: 650;
  }
  .what strong {
    display: block;
    font-weight: 600;
    line-height: 1.25;
  }
  .what small {
    display: block;
    font-size: var(--text-13);
    color: var(--ink-dim);
    overflow-wrap: anywhere;
  }
  .amount {
    grid-area: amount;
    font-size: var(--text-22);
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
    gap: var(--space-4) var(--space-12);
  }
  .sign {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    font-size: var(--text-13);
    font-weight: 600;
    color: var(--accent-text);
  }
  .sign.warn {
    color: var(--warn-text);
  }
  .quiet {
    padding: var(--space-12);
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
  .empty h2 {
    font-size: var(--text-20);
    color: var(--ink);
  }
  .empty p {
    max-width: 32em;
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
      font-size: var(--text-32);
    }
    .sale {
      grid-template: 'time what marks amount arrow' auto / 64px minmax(0, 1fr) auto minmax(120px, auto) 20px;
      padding-inline: 18px;
    }
    .amount {
      text-align: end;
    }
  }
`;
