import { css, html, LitElement, nothing, type PropertyValues, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Paper, PaperLine } from '../../flow/services.ts';
import { base } from '../styles/shared.ts';
import { icon } from './icons.ts';
import { COLUMN, type DrawnText, drawnText, SIZE } from './paper-text.ts';

/**
 * The paper of a simulated printer, cell by cell as its interpreter drew it. Every column has one width, a hanzi takes two:
 * what is crooked here would be crooked on the counter. Drawn, not laid out: a box for each of a thousand characters takes a
 * frame of its own, and the change is waited for meanwhile.
 *
 * @csspart sheet - the paper
 */
@customElement('pos-paper')
export class PosPaper extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .sheet {
        direction: ltr;
        padding: 14px 12px 22px;
        background: var(--slip);
        color: var(--slip-ink);
        mask: conic-gradient(from -45deg at bottom, #0000, #000 1deg 89deg, #0000 90deg) bottom / 14px 100%;
      }
      .line {
        display: flex;
        line-height: 1;
      }
      .center {
        justify-content: center;
      }
      .right {
        justify-content: flex-end;
      }
      /* Columns share the width: 32 of them are larger than 48, as on a narrower roll. Every character has its own place, so nothing depends on how wide a font draws it. */
      .text {
        display: block;
        width: 100%;
        overflow: visible;
      }
      text {
        font-family: var(--font-mono);
        font-kerning: none;
        fill: currentColor;
        text-anchor: middle;
      }
      .bold {
        font-weight: 700;
      }
      canvas {
        image-rendering: pixelated;
        max-width: 100%;
      }
      .cut {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        margin: 10px -12px;
        color: var(--slip-rule);
      }
      .cut::after {
        content: '';
        flex: 1;
        border-top: 2px dashed currentColor;
      }
    `,
  ];

  @property({ attribute: false }) paper: Paper | undefined;
  @property() label = '';

  override render() {
    const columns = this.paper?.columns ?? 0;
    return html`<div class="sheet" part="sheet" role="img" aria-label=${this.label} data-testid="paper">
      ${this.paper?.lines.map((line) => this.#line(line, columns))}
    </div>`;
  }

  #line({ align, content }: PaperLine, columns: number) {
    switch (content.kind) {
      case 'text':
        return lineOf(drawnText(content.cells, align, columns), columns);
      case 'cut':
        return html`<div class="cut">${icon('scissors', 18)}</div>`;
      case 'bitmap':
      case 'qr':
        return html`<div class="line ${align}"><canvas></canvas></div>`;
      default:
        return nothing;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('paper') || this.paper === undefined) return;
    const { lines, columns } = this.paper;
    const pictures = lines.flatMap(({ content }) =>
      content.kind === 'bitmap' || content.kind === 'qr' ? [content] : [],
    );
    this.renderRoot.querySelectorAll('canvas').forEach((canvas, index) => {
      const picture = pictures[index];
      if (picture !== undefined) draw(canvas, picture, columns);
    });
  }
}

function lineOf({ height, texts }: DrawnText, columns: number) {
  return html`<svg class="text" font-size=${SIZE} viewBox="0 0 ${columns * COLUMN} ${height}">
    ${texts.map(({ text, bold, x, y, transform }) => svg`<text class=${bold ? 'bold' : ''} x=${x} y=${y} transform=${transform ?? nothing}>${text}</text>`)}
  </svg>`;
}

type Picture = Extract<PaperLine['content'], { kind: 'bitmap' | 'qr' }>;

/** Dots a column of the common fonts is wide: 12 dots at 203 dpi. */
const DOTS_PER_COLUMN = 12;
/** Dots a QR module is usually printed with. */
const DOTS_PER_MODULE = 6;

function draw(canvas: HTMLCanvasElement, picture: Picture, columns: number): void {
  const isQr = picture.kind === 'qr';
  const width = isQr ? picture.modules : picture.width;
  const height = isQr ? picture.modules : picture.height;
  canvas.width = width;
  canvas.height = height;
  const printed = width * (isQr ? DOTS_PER_MODULE : 1);
  canvas.style.setProperty('width', `${Math.min(100, (100 * printed) / (columns * DOTS_PER_COLUMN))}%`);
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  const image = context.createImageData(width, height);
  picture.dots.forEach((dot, index) => {
    if (dot !== 0) image.data.set([21, 21, 21, 255], index * 4);
  });
  context.putImageData(image, 0, 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-paper': PosPaper;
  }
}
