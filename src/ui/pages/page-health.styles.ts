import { css } from 'lit';

export const healthStyles = css`
  .verdict {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--space-16);
    padding: 16px 18px;
    border-radius: var(--radius-l);
    background: var(--panel);
  }
  .verdict .sign {
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    border-radius: var(--radius-l);
    background: var(--warn);
    color: var(--warn-ink);
  }
  .verdict.fine .sign {
    background: var(--good);
    color: var(--good-ink);
  }
  .verdict.waits .sign {
    background: var(--case-deep);
    color: var(--ink);
  }
  .verdict.thin .sign,
  .verdict.blocked .sign {
    background: var(--bad);
    color: var(--bad-ink);
  }
  .verdict h2 {
    font-size: var(--text-22);
    line-height: 1.25;
  }
  .figures dt {
    flex: none;
    color: var(--ink-dim);
  }
  .figures dd {
    font-weight: 600;
    text-align: end;
    overflow-wrap: anywhere;
  }
  .low {
    font-weight: 650;
    color: var(--bad-text);
  }
  .parked li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-8) var(--space-12);
    padding: var(--space-8) 0;
    border-top: 1px solid var(--line);
  }
  .code {
    display: inline-flex;
    align-items: center;
    min-height: var(--touch);
    font-family: var(--font-mono);
    font-size: var(--text-14);
  }
  .parked small {
    color: var(--ink-dim);
  }
  .deeds {
    display: grid;
    gap: var(--gap);
  }
  .outcome {
    min-height: 24px;
    font-weight: 600;
  }
`;
