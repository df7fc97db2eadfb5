import { css } from 'lit';

export const tenderStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  .display {
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    min-height: 0;
    gap: 2px;
  }
  .given,
  .problem,
  .note {
    border-top: 1px solid var(--bezel-line);
    padding-top: 2px;
    min-height: 38px;
  }
  pos-amount {
    --amount-head: 26px;
  }
  .given {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--space-12);
  }
  .given > div {
    display: flex;
    align-items: baseline;
    gap: var(--space-8);
    min-width: 0;
  }
  .given dt {
    font-size: var(--text-14);
    font-weight: 600;
    line-height: 1.2;
    color: var(--bezel-dim);
  }
  .given dd {
    font-size: clamp(1.35rem, 5.6vw, 2.5rem);
    font-weight: 700;
    line-height: 1.1;
    white-space: nowrap;
  }
  .change {
    color: var(--accent-bezel);
  }
  .problem {
    display: flex;
    align-items: center;
    gap: 10px;
    line-height: 1.2;
    font-size: var(--text-15);
    color: var(--bezel-warn);
  }
  .problem strong {
    display: block;
  }
  .problem small {
    font-size: var(--text-14);
  }
  .problem .button {
    --face: var(--bezel-raised);
    --edge: var(--bezel-line);
    --label: var(--bezel-ink);
    margin-inline-start: auto;
    flex: none;
    padding-inline: 10px;
    font-size: var(--text-14);
  }
  .note {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    color: var(--bezel-dim);
    font-weight: 600;
  }
  .keys {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: 6px;
    min-width: 0;
  }
  .typing {
    display: grid;
    grid-template-rows: auto 1fr;
    gap: 6px;
    min-width: 0;
  }
  .quick {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: 6px;
  }
  .quick .button {
    flex-direction: column;
    gap: 0;
    min-height: 48px;
    padding-inline: 2px;
    font-size: clamp(0.9375rem, 3.6vw, 1.25rem);
  }
  /* Large sums: two and two, so that no digit is cut. */
  .quick.long {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  @media (min-width: 560px) and (max-width: 899px) and (max-height: 560px) {
    .quick .button {
      font-size: var(--text-14);
    }
  }
  .quick small {
    font-size: var(--text-12);
  }
  .action {
    display: grid;
    grid-template-columns: 72px minmax(0, 1fr);
    gap: var(--gap);
  }
  .action .back {
    min-height: 72px;
  }
  .action .big {
    font-size: clamp(1.125rem, 5vw, 1.5rem);
    padding-inline: 10px;
  }
  @media (max-width: 699px) and (max-height: 760px) {
    .keys,
    .typing {
      gap: 4px;
    }
    .action .button {
      min-height: 64px;
    }
  }
  .refused {
    margin-bottom: var(--space-12);
  }
  .totals {
    display: flex;
    justify-content: space-between;
    gap: var(--space-12);
    padding: 4px 14px;
    font-weight: 650;
  }
  .totals.soft {
    font-weight: 500;
  }
  .leave {
    display: grid;
    gap: var(--space-12);
  }
  @media (min-width: 900px) {
    .given,
    .problem,
    .note {
      min-height: 56px;
      padding-top: var(--space-8);
    }
    .given dt {
      font-size: var(--text-16);
    }
    .problem {
      font-size: var(--text-18);
    }
    .problem small {
      font-size: var(--text-16);
    }
    .keys,
    .typing {
      gap: var(--space-12);
    }
  }
  @media (min-width: 1160px) {
    .keys {
      grid-template: minmax(0, 1fr) / 232px minmax(0, 1fr);
      gap: var(--space-20);
    }
  }
`;
