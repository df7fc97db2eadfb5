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
    gap: 12px;
    max-width: 1120px;
    margin: 0 auto;
  }
  .title {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: var(--touch);
  }
  h1 {
    font-size: 1.5rem;
    line-height: 1.2;
  }
  @media (min-width: 900px) {
    :host {
      padding: 20px 28px 36px;
    }
    .column {
      gap: 16px;
    }
    .two {
      display: grid;
      grid-template-columns: minmax(0, 1.25fr) minmax(320px, 1fr);
      gap: 16px;
      align-items: start;
    }
  }
  .two > * {
    min-width: 0;
  }
  .stack {
    display: grid;
    gap: 12px;
  }
  @media (max-width: 899px) {
    .two {
      display: grid;
      gap: 12px;
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
    border: 2px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
    color: var(--paper-ink);
    font-size: 1.125rem;
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
