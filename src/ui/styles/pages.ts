import { css } from 'lit';

/** Pages that are read and scrolled, beside the stage of a sale. */
export const reading = css`
  :host {
    display: block;
    min-height: 100%;
    padding: 14px 12px 28px;
    background: var(--case);
    color: var(--ink);
  }
  .column {
    display: grid;
    gap: var(--space-12);
    max-width: 1120px;
    margin: 0 auto;
  }
  .title {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: var(--touch);
  }
  h1 {
    font-size: var(--text-24);
    line-height: 1.2;
  }
  @media (min-width: 900px) {
    :host {
      padding: 20px 28px 36px;
    }
    .column {
      gap: var(--space-16);
    }
    .two {
      display: grid;
      grid-template-columns: minmax(0, 1.25fr) minmax(320px, 1fr);
      gap: var(--space-16);
      align-items: start;
    }
  }
  .two > * {
    min-width: 0;
  }
  .stack {
    display: grid;
    gap: var(--space-12);
  }
  @media (max-width: 899px) {
    .two {
      display: grid;
      gap: var(--space-12);
    }
  }
`;

/** Fields of a form. */
export const fields = css`
  .field {
    display: grid;
    gap: 6px;
  }
  .field > span {
    font-weight: 600;
  }
  input.text {
    width: 100%;
    min-height: 52px;
    padding: 8px 14px;
    border: 2px solid var(--field-line);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--paper-ink);
    font-size: var(--text-18);
  }
  input.text:focus-visible {
    outline-offset: 0;
  }
  input.code {
    font-family: var(--font-mono);
    letter-spacing: 0.08em;
    text-transform: uppercase;
  }
`;
