import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

interface Drawing {
  /** The outline in a word: no two signs share one. */
  readonly shape: string;
  readonly drawing: SVGTemplateResult;
}

/**
 * How a payment ended, as shapes that differ without colour and from two metres: a disc with a tick is money, an octagon with a
 * cross is none, a diamond that asks is not known, an arrow that turns back in a square is undone, a hand raised in a shield
 * calls for a manager, two opposite arrows are paid back, a written
 * sheet is owed, a dashed ring is nothing. What is cut out of a shape shows the ground.
 */
const SIGNS = {
  approved: {
    shape: 'disc',
    drawing: svg`<circle cx="50" cy="50" r="47" fill="currentColor"></circle><path d="M26 52 43 69 76 32" stroke="var(--sign-hole, var(--good))" stroke-width="12" fill="none" stroke-linecap="round" stroke-linejoin="round"></path>`,
  },
  declined: {
    shape: 'octagon',
    drawing: svg`<path d="M31 3h38l28 28v38L69 97H31L3 69V31z" fill="currentColor"></path><path d="M32 32l36 36M68 32 32 68" stroke="var(--sign-hole, var(--bad))" stroke-width="13" stroke-linecap="round"></path>`,
  },
  unknown: {
    shape: 'diamond',
    drawing: svg`<path d="M50 1 99 50 50 99 1 50z" fill="currentColor"></path><path d="M37 41a13 13 0 1 1 19 12c-4 2-6 5-6 10" stroke="var(--sign-hole, var(--warn))" stroke-width="9" fill="none" stroke-linecap="round"></path><circle cx="50" cy="76" r="6" fill="var(--sign-hole, var(--warn))"></circle>`,
  },
  reversed: {
    shape: 'square',
    drawing: svg`<rect x="6" y="6" width="88" height="88" rx="6" fill="none" stroke="currentColor" stroke-width="9"></rect><path d="M40 26 23 43l17 17M25 43h32a16 16 0 0 1 0 32H42" stroke="currentColor" stroke-width="10" fill="none" stroke-linecap="round" stroke-linejoin="round"></path>`,
  },
  manager: {
    shape: 'shield',
    drawing: svg`<path d="M8 6h84v46c0 24-18 38-42 46C26 90 8 76 8 52z" fill="currentColor"></path><circle cx="50" cy="34" r="13" fill="var(--sign-hole, var(--call))"></circle><path d="M24 74a26 22 0 0 1 52 0z" fill="var(--sign-hole, var(--call))"></path>`,
  },
  refunded: {
    shape: 'two arrows',
    drawing: svg`<path d="M8 34h64M56 14l20 20-20 20" stroke="currentColor" stroke-width="10" fill="none" stroke-linecap="round" stroke-linejoin="round" opacity="0.45"></path><path d="M92 68H28M44 48 24 68l20 20" stroke="currentColor" stroke-width="10" fill="none" stroke-linecap="round" stroke-linejoin="round"></path>`,
  },
  noted: {
    shape: 'sheet',
    drawing: svg`<path d="M16 4h46l22 22v70H16z" fill="currentColor"></path><path d="M30 40h40M30 57h40M30 74h24" stroke="var(--sign-hole, var(--bezel))" stroke-width="8" stroke-linecap="round"></path>`,
  },
  abandoned: {
    shape: 'dashed ring',
    drawing: svg`<circle cx="50" cy="50" r="43" fill="none" stroke="currentColor" stroke-width="8" stroke-dasharray="15 12"></circle><path d="M32 50h36" stroke="currentColor" stroke-width="10" stroke-linecap="round"></path>`,
  },
} as const satisfies Readonly<Record<string, Drawing>>;

export type Sign = keyof typeof SIGNS;

/** Stands beside its word, always. */
export const sign = (name: Sign, size = 120): TemplateResult =>
  html`<svg width=${size} height=${size} viewBox="0 0 100 100" aria-hidden="true" data-shape=${SIGNS[name].shape}>${SIGNS[name].drawing}</svg>`;
