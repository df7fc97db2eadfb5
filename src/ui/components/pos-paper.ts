import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Paper, PaperCell, PaperLine } from '../../flow/services.ts';
import { base, hostMeasured } from '../styles/shared.ts';
import { icon } from './icons.ts';

/**
 * The paper of a simulated printer, cell by cell as its interpreter drew it. Every column has one width, a hanzi takes two:
 * what is crooked here would be crooked on the counter.
 *
 * @csspart sheet - the paper
 */
@customElement('pos-paper')
export class PosPaper extends LitElement {
  static override styles = [
    base,
    hostMeasured,
    css`
      :host {
        display: block;
        /* Columns share the width: 32 of them are larger than 48, as on a narrower roll. */
      }
      .sheet {
        direction: ltr;
        --column: calc((100cqw - 24px) / var(--columns, 42));
        padding: 14px 12px 22px;
        background: var(--slip);
        color: var(--slip-ink);
        font-family: var(--font-mono);
        font-size: calc(var(--column) * 1.9);
        line-height: 1;
        mask: conic-gradient(from -45deg at bottom, #0000, #000 1deg 89deg, #0000 90deg) bottom / 14px 100%;
      }
      .line {
        display: flex;
        min-height: 1.25em;
        align-items: flex-end;
        white-space: pre;
      }
      .center {
        justify-content: center;
      }
      .right {
        justify-content: flex-end;
      }
      .cell {
        flex: none;
        width: calc(var(--column) * var(--wide));
        height: calc(1.25em * var(--tall));
        overflow: visible;
      }
      .cell span {
        display: block;
        width: calc(var(--column) * var(--wide) / var(--times));
        text-align: center;
        transform-origin: 0 0;
        line-height: 1.25;
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
    return html`<div class="sheet" part="sheet" role="img" aria-label=${this.label} data-testid="paper">
      ${this.paper?.lines.map((line) => this.#line(line))}
    </div>`;
  }

  #line({ align, content }: PaperLine) {
    switch (content.kind) {
      case 'text':
        return html`<div class="line ${align}" data-columns=${widthOf(content.cells)}>${content.cells.map(
          (cell) => {
            return html`<span class=${cell.bold ? 'cell bold' : 'cell'}><span>${cell.text}</span></span>`;
          },
        )}</div>`;
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
    this.style.setProperty('--columns', String(columns));
    // Widths are set through the object model: the page's policy allows no style attributes.
    const cells = lines.flatMap(({ content }) => (content.kind === 'text' ? content.cells : []));
    this.renderRoot.querySelectorAll<HTMLElement>('.cell').forEach((element, index) => {
      const cell = cells[index];
      if (cell !== undefined) place(element, cell);
    });
    const pictures = lines.flatMap(({ content }) =>
      content.kind === 'bitmap' || content.kind === 'qr' ? [content] : [],
    );
    this.renderRoot.querySelectorAll('canvas').forEach((canvas, index) => {
      const picture = pictures[index];
      if (picture !== undefined) draw(canvas, picture, columns);
    });
  }
}

const widthOf = (cells: readonly PaperCell[]): number => cells.reduce((all, cell) => all + cell.columns, 0);

function place(element: HTMLElement, { columns, widthTimes, heightTimes }: PaperCell): void {
  element.style.setProperty('--wide', String(columns));
  element.style.setProperty('--tall', String(heightTimes));
  element.style.setProperty('--times', String(widthTimes));
  const glyph = element.firstElementChild;
  if (!(glyph instanceof HTMLElement)) return;
  if (widthTimes === 1 && heightTimes === 1) glyph.style.removeProperty('transform');
  else glyph.style.setProperty('transform', `scale(${widthTimes}, ${heightTimes})`);
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
