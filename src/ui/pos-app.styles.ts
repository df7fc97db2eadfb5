import { css } from 'lit';

export const appStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  .starting {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 18px;
    height: 100%;
    color: var(--bezel-dim);
  }
`;
