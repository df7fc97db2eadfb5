import { css } from 'lit';

export const shellStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  .shell {
    display: grid;
    grid-template:
      'head' auto
      'main' minmax(0, 1fr)
      'nav' var(--nav) / minmax(0, 1fr);
    height: 100%;
    background: var(--bezel);
  }
  header {
    grid-area: head;
  }
  .shell main {
    grid-area: main;
    overflow: auto;
    min-width: 0;
    background: var(--case);
  }
  .loading {
    padding: 32px;
    color: var(--ink-dim);
  }
  .demo {
    padding: 2px 12px;
    background: #21506e;
    color: #f3faff;
    font-size: 0.8125rem;
    font-weight: 650;
    text-align: center;
  }
  .banner {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 7px 12px;
    background: var(--bad);
    color: var(--bad-ink);
    font-weight: 650;
  }
  nav {
    grid-area: nav;
    display: grid;
    grid-template-columns: repeat(5, minmax(0, 1fr));
    background: var(--bezel);
    border-top: 1px solid var(--bezel-line);
    padding-bottom: env(safe-area-inset-bottom);
  }
  .nav-mark {
    display: none;
  }
  nav a,
  nav button {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 3px;
    min-width: var(--touch);
    min-height: var(--touch);
    padding: 4px 2px;
    border: 0;
    background: none;
    color: var(--bezel-dim);
    font-size: 0.8125rem;
    font-weight: 600;
    line-height: 1.1;
    text-decoration: none;
    text-align: center;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  nav a:focus-visible,
  nav button:focus-visible {
    outline-color: var(--accent);
    outline-offset: -4px;
  }
  nav [aria-current] {
    color: var(--bezel-ink);
    box-shadow: inset 0 3px 0 var(--accent);
  }
  @media (min-width: 900px) {
    .shell {
      grid-template:
        'nav head' auto
        'nav main' minmax(0, 1fr) / 92px minmax(0, 1fr);
    }
    nav {
      display: flex;
      flex-direction: column;
      align-items: stretch;
      gap: 4px;
      padding: 12px 0;
      border: 0;
      border-right: 1px solid var(--bezel-line);
    }
    .nav-mark {
      display: grid;
      place-items: center;
      margin-bottom: 16px;
    }
    nav a,
    nav button {
      min-height: 76px;
      font-size: 0.875rem;
    }
    nav button {
      margin-top: auto;
    }
    nav [aria-current] {
      background: var(--bezel-raised);
      box-shadow: inset 4px 0 0 var(--accent);
    }
  }
`;
