import { css, html, LitElement } from 'lit';
import workerUrl from './floor-worker.ts?worker&url';

// The floor: the least that a page must be which has what a till needs. Lit draws a keypad that takes digits at once, one
// worker opens a database with idb and says so (`open`), a service worker makes it start without a server. Nothing else.
// What ours costs more is ours.

interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** The server's policy names it: without it no worker starts. */
const policy = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes?.createPolicy(
  'xiaoji-worker',
  {
    createScriptURL: (url) => url,
  },
);
const trusted = (url: string): string => policy?.createScriptURL(url) ?? url;

class FloorTill extends LitElement {
  static override properties = { typed: { state: true } };
  static override styles = css`
    :host {
      display: grid;
      gap: 16px;
      font: 24px sans-serif;
    }
    .keys {
      display: grid;
      grid-template-columns: repeat(3, 92px);
      gap: 10px;
    }
    button {
      min-height: 64px;
      font: inherit;
    }
  `;

  declare typed: string;

  constructor() {
    super();
    this.typed = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const worker = new Worker(trusted(workerUrl), { type: 'module' });
    worker.onmessage = () => {
      this.toggleAttribute('open', true);
    };
  }

  override render() {
    const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
    return html`
      <output>${this.typed}</output>
      <div class="keys">
        ${keys.map(
          (key) => html`<button data-testid="key-${key}" @click=${() => this.#press(key)}>${key}</button>`,
        )}
      </div>
    `;
  }

  #press(key: string): void {
    this.typed += key;
  }
}

customElements.define('floor-till', FloorTill);
void navigator.serviceWorker.register(trusted('/sw.js'));
