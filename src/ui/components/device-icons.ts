import { svg, type TemplateResult } from 'lit';
import type { DevicePlace } from '../../flow/counter-devices.ts';
import { drawn } from './icons.ts';

const stroke = (path: string) => svg`<path d=${path}></path>`;

/** Line drawings of a counter's devices, on the 24 grid of `icons.ts`. */
const DRAWINGS = {
  printer: stroke('M7 9V3h10v6M7 17H4v-7a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v7h-3M7 14h10v7H7z'),
  reader: stroke('M5 3h14v18H5zM8 6.5h8M8 10h8M8 16.5h.01M12 16.5h.01M16 16.5h.01M2 13h3M19 13h3'),
  terminal: stroke(
    'M7 3h10v18H7zM9.5 6h5v4h-5zM9.5 13.5h.01M12 13.5h.01M14.5 13.5h.01M9.5 17h.01M12 17h.01M14.5 17h.01',
  ),
  scanner: stroke('M4 5h12l4 4-3 4h-5l2 8h-4l-2-8H4zM8 9h.01M2 7v4'),
  scale: stroke('M4 9h16l1.5 11h-19zM12 16.5a3 3 0 1 0 0-6M12 13.5l2-2M3 4h18M12 4v5'),
  pole: stroke('M3 4h18v8H3zM6.5 8h4M13.5 8h4M12 12v9M8 21h8'),
  tags: stroke('M3 7h11v13H3zM17 5a7 7 0 0 1 0 9M19.8 2.5a11 11 0 0 1 0 14M6 16.5h5'),
} as const satisfies Readonly<Record<DevicePlace | 'printer', unknown>>;

/** Decoration: hidden from screen readers. Size in CSS pixels. */
export const deviceIcon = (name: keyof typeof DRAWINGS, size = 24): TemplateResult =>
  drawn(DRAWINGS[name], size);
