import { css } from 'lit';

export const doneStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  .display {
    display: grid;
    grid-template: auto minmax(0, 1fr) / auto minmax(0, 1fr);
    gap: 0 clamp(12px, 3vw, 32px);
    min-height: 0;
  }
  .paid {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    min-height: 44px;
    font-size: clamp(1.25rem, 5.4vw, 2.25rem);
    line-height: 1.15;
    font-weight: 750;
  }
  .paid strong {
    margin-inline-start: auto;
  }
  pos-amount {
    min-width: 0;
  }
  .paid .word {
    font-size: clamp(1.875rem, 9vw, 3.25rem);
    font-weight: 800;
  }
  .stamp {
    --sign-hole: var(--good);
    grid-row: span 2;
    align-self: center;
  }
  .stamp svg {
    width: clamp(84px, min(20vmin, 15vh), 168px);
    height: auto;
  }
  [data-tone='warn'] .stamp {
    --sign-hole: var(--warn);
  }
  [data-tone='ink'] .stamp {
    --sign-hole: var(--bezel);
  }
  .payments p {
    display: flex;
    justify-content: space-between;
    gap: var(--space-12);
    font-size: var(--text-17);
    font-weight: 650;
    line-height: 1.5;
  }
  .payments small {
    display: block;
    font-size: var(--text-14);
    font-weight: 500;
    color: var(--ink-dim);
  }
  .after {
    display: grid;
    gap: 10px;
    align-content: start;
  }
  section {
    background: var(--panel);
    border-radius: var(--radius);
    padding: 12px 14px;
  }
  .state {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 52px;
    font-size: var(--text-17);
    font-weight: 650;
    line-height: 1.25;
  }
  .state.good {
    color: var(--good-text);
  }
  .state.warn {
    color: var(--warn-text);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap);
  }
  /* Half each, whatever they say: their words change when the slip is out. */
  .buttons .button {
    flex: 1 0 calc(50% - var(--gap));
  }
  .electronic {
    display: flex;
    align-items: center;
    gap: 14px;
  }
  .electronic pos-qr {
    width: 124px;
    flex: none;
  }
  .scan {
    font-weight: 650;
  }
  .number {
    color: var(--ink-dim);
    overflow-wrap: anywhere;
  }
  .slip {
    display: grid;
    grid-template-rows: 10px minmax(0, 1fr);
    min-height: 0;
  }
  .mouth {
    margin: 0 -6px;
    border-radius: 0 0 6px 6px;
    background: linear-gradient(var(--mouth-top), var(--mouth-bottom));
  }
  .roll {
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  part-slip {
    animation: feed var(--motion-feed);
    background: none;
  }
  @keyframes feed {
    from {
      translate: 0 -40%;
    }
  }
  @media (min-width: 900px) {
    .after {
      grid-template-columns: 1fr 1fr;
      gap: var(--space-16);
      align-content: stretch;
    }
    .payments,
    part-install {
      grid-column: 1 / -1;
    }
    section {
      padding: var(--space-20);
    }
    .electronic {
      flex-direction: column;
      justify-content: center;
      text-align: center;
    }
    .electronic pos-qr {
      width: min(200px, 24vh);
    }
    .paper-state {
      display: flex;
      flex-direction: column;
      gap: var(--space-16);
    }
    .state {
      flex: 1;
      flex-direction: column;
      justify-content: center;
      text-align: center;
      font-size: var(--text-22);
    }
    .state svg {
      width: 64px;
      height: 64px;
    }
    /* Room for two lines, so that nothing moves when the words change. */
    .state span {
      min-height: 2.5em;
    }
    .buttons {
      flex-direction: column;
      flex-wrap: nowrap;
    }
    .buttons .button {
      min-height: 60px;
    }
  }
`;
