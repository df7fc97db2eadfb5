import { css } from 'lit';

export const firstRunStyles = css`
  :host {
    display: grid;
    min-height: 100%;
    grid-template-rows: auto 1fr;
    background: var(--case);
  }
  .brand {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: center;
    gap: var(--space-12);
    padding: 14px 16px;
    background: var(--bezel);
    color: var(--bezel-ink);
    --case-deep: var(--bezel-raised);
    --ink: var(--bezel-ink);
    --key: var(--bezel-key);
  }
  .brand .name {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    font-size: var(--text-28);
    line-height: 1.1;
  }
  .brand .name svg {
    width: 52px;
    height: 52px;
  }
  .brand p {
    display: none;
  }
  .work {
    display: grid;
    align-content: start;
    justify-items: center;
    padding: 18px 16px 28px;
    min-width: 0;
  }
  .card,
  form {
    display: grid;
    gap: var(--space-16);
    width: 100%;
    max-width: 560px;
  }
  .head {
    display: flex;
    gap: var(--space-12);
    align-items: center;
  }
  h1 {
    font-size: var(--text-24);
    line-height: 1.25;
  }
  .way {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-16);
    min-height: 88px;
    padding: 12px 16px 15px;
    border: 0;
    border-radius: var(--radius-l);
    background: var(--key);
    box-shadow: inset 0 -4px 0 var(--key-edge);
    text-align: start;
    cursor: pointer;
  }
  .way.primary {
    background: var(--accent);
    box-shadow: inset 0 -4px 0 var(--accent-edge);
    color: var(--accent-ink);
  }
  .way:disabled {
    background: var(--case-deep);
    box-shadow: none;
    color: var(--ink-dim);
    cursor: default;
  }
  .way strong {
    display: block;
    font-size: var(--text-20);
    line-height: 1.3;
  }
  .way small {
    font-size: var(--text-15);
    line-height: 1.35;
    display: block;
  }
  .unreachable {
    display: flex;
    gap: var(--space-12);
    padding: 12px 14px;
    border-inline-start: 6px solid var(--warn);
    border-radius: var(--radius-m);
    border-start-start-radius: 4px;
    border-end-start-radius: 4px;
    background: var(--panel);
  }
  .busy {
    padding: 40px 0;
    text-align: center;
  }
  @media (min-width: 900px) {
    :host {
      grid-template: minmax(100%, auto) / minmax(360px, 0.72fr) 1fr;
    }
    .brand {
      grid-template-columns: 1fr;
      grid-template-rows: 1fr auto auto 1fr;
      padding: 48px;
      gap: var(--space-20);
    }
    .brand .name {
      grid-row: 2;
      font-size: var(--text-56);
    }
    .brand .name svg {
      width: 96px;
      height: 96px;
    }
    .brand p {
      display: block;
      grid-row: 3;
      font-size: var(--text-22);
      max-width: 18em;
      color: var(--bezel-dim);
    }
    .brand pos-choice {
      grid-row: 4;
      align-self: end;
      max-width: 440px;
    }
    .work {
      align-content: center;
      padding: 40px;
    }
    h1 {
      font-size: var(--text-32);
    }
  }
`;
