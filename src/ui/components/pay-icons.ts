import { svg, type TemplateResult } from 'lit';
import { drawn } from './icons.ts';

const stroke = (path: string) => svg`<path d=${path}></path>`;

/** Line drawings of payments, on the 24 grid of `icons.ts`: apart from those, because the lock screen needs none of them. */
const DRAWINGS = {
  cash: stroke('M3 7h18v10H3zM12 14.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM6 10v4M18 10v4'),
  'customer-code': stroke(
    'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M3 12h18M8 8.5v1M12 8.5v1M16 8.5v1M8 15v1M12 15v1M16 15v1',
  ),
  'shop-code': stroke(
    'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v3M14 20h3M20 20h.01M7 7h.01M17 7h.01M7 17h.01',
  ),
  reader: stroke('M3 6h18v12H3zM3 10h18M6 14.5h4'),
  terminal: stroke(
    'M7 3h10v18H7zM9.5 6h5v4h-5zM9.5 13.5h.01M12 13.5h.01M14.5 13.5h.01M9.5 17h.01M12 17h.01M14.5 17h.01',
  ),
  'static-code': stroke(
    'M5 4h14v12H5zM8.5 7h3v3h-3zM14.5 7.2v.1M14.5 10h1M8.5 13h.1M11.5 13h4M9 20h6M12 16v4',
  ),
  credit: stroke('M6 3h11a2 2 0 0 1 2 2v16H8a2 2 0 0 1-2-2zM6 19a2 2 0 0 1 2-2h11M10 7.5h5M10 11h5'),
  'stored-value': stroke(
    'M3 8h18v11H3zM12 8v11M3 12.5h18M12 8C9 8 7 6.8 7 5.4 7 3 11 3 12 8zM12 8c3 0 5-1.2 5-2.6C17 3 13 3 12 8z',
  ),
  split: stroke('M4 12h6l8-6M10 12l8 6M14.5 5.5 18 6l-.6 3.4M14.5 18.5 18 18l-.6-3.4'),
  tip: stroke(
    'M12 20.5C5 16 3.5 12.5 3.5 9.5a4.3 4.3 0 0 1 8.5-1.3 4.3 4.3 0 0 1 8.5 1.3c0 3-1.5 6.5-8.5 11z',
  ),
  clock: stroke('M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.2l3.4 2'),
  person: stroke('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0'),
  phone: stroke('M7 3h10v18H7zM11 18h2M9.8 9.8h.01M12 9.8h.01M14.2 9.8h.01'),
  refund: stroke('M4 9h11a5 5 0 0 1 0 10h-4M8 5 4 9l4 4'),
  hold: stroke('M5 10h14v10H5zM8 10V7a4 4 0 0 1 8 0M12 14v2.5'),
  minus: stroke('M6 12h12'),
  plus: stroke('M6 12h12M12 6v12'),
  discount: stroke('M4 12 12 4h8v8l-8 8zM16 8h.01M9.5 12.5l3 3'),
  open: stroke('M12 21a9 9 0 1 0-8.6-6.4M12 7v5.2l3.4 2M3 20.5v-5h5'),
} as const;

export type PayIconName = keyof typeof DRAWINGS;

/** Decoration: hidden from screen readers. Size in CSS pixels. */
export const payIcon = (name: PayIconName, size = 24): TemplateResult => drawn(DRAWINGS[name], size);
