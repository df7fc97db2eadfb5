import { html, nothing, type PropertyValues } from 'lit';
import { customElement } from 'lit/decorators.js';
import { mark } from './components/icons.ts';
import './pages/page-lock.ts';
import { appStyles } from './pos-app.styles.ts';
import type { PosShell } from './pos-shell.ts';
import { DoorSheet } from './state/door-sheet.ts';
import { Sheet } from './state/sheet.ts';
import { base } from './styles/shared.ts';
import { wholePage } from './styles/whole.ts';

/**
 * The lock screen in front, and behind it `pos-shell`, which arrives in a chunk of its own: whoever opens the till types
 * a PIN while the books are still being opened.
 */
@customElement('pos-app')
export class PosApp extends DoorSheet {
  static override styles = [base, wholePage, appStyles];

  #place = '';
  #shell: PosShell | undefined;

  override render() {
    const { at } = this.follow(this.door.session.state);
    const isBuilt = this.follow(this.door.isBuilt);
    const isLocked = at === 'locked' && !this.follow(this.door.mustShow);
    return html`
      ${isLocked ? this.#lock() : nothing}
      ${isBuilt && at !== 'starting' ? this.#behind(isLocked) : nothing}
      ${isLocked || (isBuilt && at !== 'starting') ? nothing : this.#starting()}
    `;
  }

  /** Not named in a template, which would have to import it: its chunk comes later. */
  #behind(isLocked: boolean): PosShell {
    this.#shell ??= document.createElement('pos-shell');
    this.#shell.hidden = isLocked;
    return this.#shell;
  }

  #lock() {
    return html`<main class="whole">
      ${this.door.session.training ? html`<p class="training" data-testid="training">${this.t('training.stripe')}</p>` : nothing}
      <page-lock></page-lock>
    </main>`;
  }

  #starting() {
    return html`<div class="starting" role="status">${mark(96)}<p>${this.t('app.starting')}</p></div>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    // Tells end-to-end tests and benches that a PIN typed now is looked at at once.
    this.toggleAttribute('ready', this.door.isBuilt.value && this.door.session.state.value.at !== 'starting');
    const { at } = this.door.session.state.value;
    const isFirst = this.#place === '' || this.#place === 'starting';
    if (at === this.#place) return;
    this.#place = at;
    if (!isFirst) void this.#focusPage();
  }

  /** A reader's place follows the page; without this it would be left on an element that is gone. */
  async #focusPage(): Promise<void> {
    const shell = this.renderRoot.querySelector<PosShell>('pos-shell:not([hidden])');
    const lock = this.renderRoot.querySelector('main > page-lock');
    const shown = shell ?? (lock instanceof Sheet ? lock : undefined);
    await shown?.updateComplete;
    if (shown instanceof Sheet && shown === lock) shown.focusHeading();
    else await shell?.focusPage();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-app': PosApp;
  }
}
