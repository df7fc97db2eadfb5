import { css } from 'lit';

/** Guided steps: a number that becomes a tick, and what there is to do. */
export const stepStyles = css`
  .steps {
    display: grid;
    gap: 18px;
    counter-reset: step;
  }
  .steps > li {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: var(--space-8) var(--space-12);
    counter-increment: step;
  }
  .steps > li::before {
    content: counter(step);
    display: grid;
    place-items: center;
    width: 32px;
    height: 32px;
    border-radius: 50%;
    background: var(--case-deep);
    font-weight: 700;
  }
  .steps > li.now::before {
    background: var(--accent);
    color: var(--accent-ink);
  }
  .steps > li > div {
    display: grid;
    gap: 10px;
    min-width: 0;
    align-content: start;
  }
  .steps h3 {
    font-size: var(--text-16);
    line-height: 1.35;
    padding-top: 5px;
  }
  select,
  input:not([type='checkbox']) {
    width: 100%;
    min-height: 52px;
    padding: 8px 14px;
    border: 2px solid var(--field-line);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--paper-ink);
    font-size: var(--text-17);
  }
  label {
    font-weight: 600;
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    min-height: var(--touch);
  }
  .check input {
    width: 24px;
    height: 24px;
    flex: none;
  }
  .why {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-8);
    color: var(--ink-dim);
  }
  .why svg {
    margin-top: 1px;
  }
  .ways {
    display: grid;
    gap: 10px;
  }
  details summary {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: var(--touch);
    font-weight: 600;
    cursor: pointer;
    list-style: none;
  }
  details summary::-webkit-details-marker {
    display: none;
  }
  details summary svg {
    transform: rotate(90deg);
  }
  details[open] summary svg {
    transform: rotate(-90deg);
  }
  details .steps,
  details .ways {
    padding-top: var(--space-8);
  }
`;
