import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const stroke = (path: string): SVGTemplateResult => svg`<path d=${path}></path>`;

/** Line drawings on a 24 grid. A drawing always stands beside its word, or beside one that screen readers hear. */
const DRAWINGS = {
  till: stroke(
    'M5 10h14v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1zM8 10V4h8v6M8.5 13.5h1M11.5 13.5h1M14.5 13.5h1M8.5 16.5h1M11.5 16.5h1M14.5 16.5h1',
  ),
  orders: stroke('M6 3h12v18l-2-1.4-2 1.4-2-1.4-2 1.4-2-1.4L6 21zM9 8h6M9 12h6M9 16h3'),
  printer: stroke('M7 9V3h10v6M7 17H4v-7a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v7h-3M7 14h10v7H7z'),
  settings: stroke('M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M15 5v4M9 10v4M17 15v4'),
  lock: stroke('M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2.5'),
  back: stroke('M14.5 5 8 12l6.5 7'),
  next: stroke('M9.5 5 16 12l-6.5 7'),
  erase: stroke('M9 5h11v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5'),
  cross: stroke('M6 6l12 12M18 6 6 18'),
  check: stroke('M4.5 12.5 10 18 20 6.5'),
  alert: stroke('M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3'),
  question: stroke(
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.3 9.6a2.8 2.8 0 1 1 4 2.6c-.9.4-1.3 1-1.3 1.9M12 16.8v.3',
  ),
  online: stroke('M3 9.5a13 13 0 0 1 18 0M6.2 13a8.5 8.5 0 0 1 11.6 0M9.3 16.4a4 4 0 0 1 5.4 0M12 19.6v.3'),
  offline: stroke(
    'M3 9.5a13 13 0 0 1 4.6-2.9M12 6a13 13 0 0 1 9 3.5M9.3 16.4a4 4 0 0 1 5.4 0M12 19.6v.3M4 3l16 18',
  ),
  upload: stroke('M12 16V5M7.5 9.5 12 5l4.5 4.5M5 19h14'),
  disks: stroke(
    'M5 6.5C5 5 8 4 12 4s7 1 7 2.5S16 9 12 9 5 8 5 6.5zM5 6.5v11C5 19 8 20 12 20s7-1 7-2.5v-11M5 12c0 1.5 3 2.5 7 2.5s7-1 7-2.5',
  ),
  update: stroke('M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3v4.5H15'),
  undo: stroke('M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3'),
  drawer: stroke('M4 5h16v14H4zM4 12h16M10 15.5h4'),
  usb: stroke(
    'M12 20V4M9.5 6.5 12 4l2.5 2.5M12 15l-4.5-3v-2M12 13l4.5-3V8M7.5 10a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM12 22a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  ),
  plug: stroke('M9 3v5M15 3v5M6.5 8h11v3a5.5 5.5 0 0 1-11 0zM12 16.5V21'),
  shop: stroke('M4 10v10h16V10M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0M9.5 20v-5h5v5'),
  catering: stroke(
    'M4 11h16a8 8 0 0 1-5.5 7.6V20h-5v-1.4A8 8 0 0 1 4 11zM9 8c-1-1.5 1-2 0-4M13 8c-1-1.5 1-2 0-4',
  ),
  beauty: stroke('M6 20 16.5 5M18 20 7.5 5M6 20a2 2 0 1 0-.1 0zM18 20a2 2 0 1 0 .1 0z'),
  freelancer: stroke('M4 8h16v11H4zM9 8V5h6v3M4 13h16M12 12v2'),
  training: stroke('M12 4 2 9l10 5 10-5zM6 11.5V16c3 2.5 9 2.5 12 0v-4.5M22 9v6'),
  join: stroke(
    'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  ),
  sound: stroke('M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11'),
  find: stroke('M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20.5 20.5'),
  copy: stroke('M9 9h11v11H9zM15 9V4H4v11h5'),
  office: stroke('M4 20V9M10 20V4M16 20v-8M21 20H3'),
  scan: stroke('M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16'),
  scissors: stroke('M6 8a2 2 0 1 0 0-.1zM6 18a2 2 0 1 0 0-.1zM7.7 8.5 20 17M7.7 15.5 20 7'),
} as const;

export type IconName = keyof typeof DRAWINGS;

/** Decoration: hidden from screen readers. Size in CSS pixels. */
export const icon = (name: IconName, size = 24): TemplateResult =>
  drawn(DRAWINGS[name], size, POINTING.has(name) ? 'points' : '');

/** Drawings that point along the line: they turn round where the line does. */
const POINTING: ReadonlySet<IconName> = new Set(['back', 'next', 'undo']);

/** A line drawing on a 24 grid, in the stroke of the house. */
export const drawn = (drawing: SVGTemplateResult, size = 24, look = ''): TemplateResult => html`<svg
    class=${look || nothing}
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.9"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >${drawing}</svg>`;

/** The mark of the product: a little machine with its slip. */
export function mark(size = 48): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="0 0 64 64" aria-hidden="true">
    <path fill="#fffdf7" d="M18 4h28v26H18z"></path>
    <path fill="#101516" d="M24 11h16v3H24zM24 18h9v3h-9zM36 18h4v3h-4z"></path>
    <path fill="#ff7a1a" d="M13 26h38a7 7 0 0 1 7 7v20a7 7 0 0 1-7 7H13a7 7 0 0 1-7-7V33a7 7 0 0 1 7-7z"></path>
    <path fill="#101516" d="M15 26h34v4H15z"></path>
    <path
      fill="#1a1005"
      d="M16 37h8v6h-8zM28 37h8v6h-8zM40 37h8v17h-8zM16 48h8v6h-8zM28 48h8v6h-8z"
    ></path>
  </svg>`;
}
