import { css } from 'lit';

export const doneStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  .display {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-height: 0;
  }
  .paid {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 52px;
    font-size: clamp(1.375rem, 6.4vw, 2.25rem);
    line-height: 1.15;
    font-weight: 750;
  }
  .paid strong {
    margin-left: auto;
  }
  .stamp {
    --sign-hole: var(--good);
    flex: none;
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
    gap: 12px;
    font-size: 1.0625rem;
    font-weight: 650;
    line-height: 1.5;
  }
  .payments small {
    display: block;
    font-size: 0.875rem;
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
    font-size: 1.0625rem;
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
  .buttons .button {
    flex: 1 0 auto;
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
    background: linear-gradient(#050606, #2a3132);
  }
  .roll {
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  pos-receipt {
    animation: feed 0.45s ease-out;
    padding-bottom: 26px;
    mask: conic-gradient(from -45deg at bottom, #0000, #000 1deg 89deg, #0000 90deg) bottom / 14px 100%;
  }
  @keyframes feed {
    from {
      translate: 0 -40%;
    }
  }
  @media (min-width: 900px) {
    .after {
      grid-template-columns: 1fr 1fr;
      gap: 16px;
      align-content: stretch;
    }
    .payments {
      grid-column: 1 / -1;
    }
    section {
      padding: 20px;
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
      gap: 16px;
    }
    .state {
      flex: 1;
      flex-direction: column;
      justify-content: center;
      text-align: center;
      font-size: 1.375rem;
    }
    .state svg {
      width: 64px;
      height: 64px;
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
