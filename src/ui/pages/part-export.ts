import { css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../components/icons.ts';
import { BooksPage } from '../state/books-page.ts';
import { base, buttons, panels } from '../styles/shared.ts';

/** The way out with the whole journal: one file, also when the books cannot be opened. Nothing is sent anywhere. */
@customElement('part-export')
export class PartExport extends BooksPage {
  static override styles = [
    base,
    buttons,
    panels,
    css`
      .outcome {
        min-height: 24px;
        font-weight: 600;
      }
    `,
  ];

  @state() private outcome = '';
  @state() private busy = false;

  override render() {
    return html`<section class="panel">
      <h2>${this.b('health.export')}</h2>
      <p>${this.b('health.export-why')}</p>
      <button type="button" class="button wide" data-testid="export" ?disabled=${this.busy} @click=${this.#export}>
        ${icon('orders')} ${this.b('health.export')}
      </button>
      <p class="outcome" role="status" data-testid="exported">${this.outcome}</p>
    </section>`;
  }

  readonly #export = async (): Promise<void> => {
    this.busy = true;
    this.outcome = this.t('common.loading');
    const file = await this.services.books.export().catch(() => undefined);
    this.busy = false;
    if (file === undefined) {
      this.outcome = this.b('health.export-none');
      return;
    }
    const url = URL.createObjectURL(file.content);
    const link = document.createElement('a');
    link.href = url;
    link.download = file.name;
    link.click();
    // The browser has taken the file over by the next turn; some take it only then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    this.outcome = this.b(file.rescued ? 'health.rescued' : 'health.exported', { count: file.entries });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'part-export': PartExport;
  }
}
