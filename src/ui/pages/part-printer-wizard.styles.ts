import { css } from 'lit';

/** A question beside its picture, and answers for large fingers. */
export const wizardStyles = css`
  :host {
    display: grid;
    gap: var(--space-12);
  }
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-12);
    min-height: var(--touch);
  }
  h1 {
    font-size: var(--text-24);
    line-height: 1.2;
  }
  .progress {
    color: var(--ink-dim);
  }
  .stages {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--space-8);
  }
  .stages li {
    display: flex;
    align-items: center;
    gap: var(--space-4);
    padding-top: var(--space-8);
    border-top: 6px solid var(--line);
    color: var(--ink-dim);
    font-size: var(--text-14);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .stages li.over {
    border-color: var(--good);
  }
  .stages li.now {
    border-color: var(--accent);
    color: var(--ink);
  }
  .panel {
    display: grid;
    gap: var(--space-16);
    align-content: start;
    min-width: 0;
  }
  .panel h2 {
    margin: 0;
    font-size: var(--text-22);
    line-height: 1.3;
  }
  .panel h2:focus {
    outline: none;
  }
  .panel p {
    margin: 0;
  }
  .stack {
    display: grid;
    gap: var(--space-12);
    align-content: start;
  }
  .answer {
    justify-content: flex-start;
    gap: var(--space-12);
    min-height: 64px;
    padding: var(--space-8) var(--space-20) 11px;
    font-size: var(--text-18);
    text-align: start;
  }
  .answer:active:not(:disabled) {
    padding: 11px var(--space-20) var(--space-8);
  }
  .answer.ruler {
    flex-direction: column;
    align-items: stretch;
    gap: var(--space-8);
    padding: var(--space-8) var(--space-12) var(--space-12);
  }
  .answer.ruler .said {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 var(--space-12);
  }
  .answer small {
    font-size: var(--text-14);
    font-weight: 400;
  }
  .what {
    display: grid;
    gap: var(--space-8);
  }
  .what li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-8);
  }
  .what svg {
    margin-top: 1px;
  }
  dd {
    font-weight: 650;
    text-align: end;
  }
  .waiting {
    height: 8px;
    border-radius: var(--radius-s);
    background: var(--case-deep);
    overflow: hidden;
  }
  .waiting::after {
    content: '';
    display: block;
    width: 40%;
    height: 100%;
    border-radius: inherit;
    background: var(--accent);
    animation: pass var(--motion-wait) ease-in-out infinite alternate;
  }
  @keyframes pass {
    from {
      margin-inline-start: 0;
    }
    to {
      margin-inline-start: 60%;
    }
  }
  .screen-paper {
    display: grid;
    gap: var(--space-8);
    max-width: 420px;
  }
  .alone,
  .ask {
    display: grid;
    gap: var(--space-16);
  }
  .alone {
    max-width: 760px;
  }
  .held {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 12px 14px;
    border-inline-start: 6px solid var(--warn);
    background: var(--case);
    border-radius: var(--radius);
  }
  @media (min-width: 900px) {
    .ask {
      grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
      column-gap: var(--space-28);
      align-items: start;
    }
    .side {
      grid-area: 1 / 2 / span 2;
      display: grid;
      gap: var(--space-16);
    }
  }
  /* On a phone: what to compare with before the answers, and a paper on the screen after them. */
  @media (max-width: 899px) {
    h1 {
      font-size: var(--text-20);
    }
    .side {
      display: contents;
    }
    .screen-paper {
      order: 1;
    }
  }
`;
