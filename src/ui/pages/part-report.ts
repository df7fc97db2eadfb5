import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../components/icons.ts';
import { CounterPage } from '../state/counter-page.ts';
import { base, buttons, panels } from '../styles/shared.ts';

/** The diagnostic report for a supplier: nothing is sent by itself, the owner saves it and passes it on. */
@customElement('part-report')
export class PartReport extends CounterPage {
  static override styles = [base, buttons, panels];

  override render() {
    return html`<section class="panel">
      <h2>${this.c('report.title')}</h2>
      <p>${this.c('report.text')}</p>
      <div class="actions">
        <button type="button" class="button" data-testid="report-save" @click=${this.#save}>${icon('orders')} ${this.c('report.save')}</button>
      </div>
    </section>`;
  }

  readonly #save = (): void => {
    const url = URL.createObjectURL(new Blob([this.services.counter.report()], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'xiaoji-devices.json';
    link.click();
    URL.revokeObjectURL(url);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'part-report': PartReport;
  }
}
