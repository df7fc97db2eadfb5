import { generate, mode } from 'lean-qr';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';

/** White modules around the code that a scanner needs (ISO/IEC 18004: four). */
const QUIET_MODULES = 4;
/** As on paper: without the table of Shift JIS, which takes longer to make than the symbol. */
const MODES = [mode.numeric, mode.alphaNumeric, mode.ascii, mode.utf8];

/** A QR code, black on white in either theme, drawn at one pixel a module and enlarged without smoothing. */
@customElement('pos-qr')
export class PosQr extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        width: 168px;
        aspect-ratio: 1;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        image-rendering: pixelated;
        background: var(--code-light);
        border-radius: var(--radius-s);
      }
    `,
  ];

  @property() data = '';
  /** What it is for, for those who cannot see it. */
  @property() label = '';
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  override render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('data') || this.data === '' || this.canvas === null) return;
    generate(this.data, { modes: MODES }).toCanvas(this.canvas, {
      on: [0, 0, 0, 255],
      off: [255, 255, 255, 255],
      pad: QUIET_MODULES,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-qr': PosQr;
  }
}
