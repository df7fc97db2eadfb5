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
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    background: var(--bezel);
  }
  .ask {
    min-width: var(--touch);
    min-height: var(--strip);
    padding: 0;
    border: 0;
    border-inline-start: 1px solid var(--bezel-line);
    background: none;
    color: var(--bezel-dim);
    font-size: var(--text-20);
    font-weight: 700;
    cursor: pointer;
  }
  .ask:hover {
    color: var(--bezel-ink);
  }
  .ask:focus-visible {
    outline-color: var(--accent);
    outline-offset: -4px;
  }
  .path {
    height: 16px;
    background: var(--bezel);
  }
  .shell main {
    grid-area: main;
    /* What is there for screen readers only must not make the window scroll. */
    position: relative;
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
    background: var(--demo);
    color: var(--demo-ink);
    font-size: var(--text-13);
    font-weight: 650;
    text-align: center;
  }
  .banner {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-8);
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
    font-size: var(--text-13);
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
  @media (min-width: 700px) and (min-height: 561px) {
    .path {
      height: 30px;
    }
  }
  /* A phone: every line of the page counts. */
  @media (max-width: 699px) and (max-height: 800px) {
    .shell {
      --nav: 52px;
    }
    .demo,
    .training {
      padding-block: 1px;
      line-height: 1.25;
    }
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
      gap: var(--space-4);
      padding: var(--space-12) 0;
      border: 0;
      border-inline-end: 1px solid var(--bezel-line);
    }
    .nav-mark {
      display: grid;
      place-items: center;
      margin-bottom: var(--space-16);
    }
    nav a,
    nav button {
      min-height: 76px;
      font-size: var(--text-14);
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
