import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

/**
 * How a payment ended, as shapes that differ without colour and from two metres: a disc with a tick is money, an octagon with a
 * cross is none, an arrow that turns back in a square is undone, two opposite arrows are paid back, a dashed ring is nothing.
 */
const SIGNS = {
  approved: svg`<circle cx="50" cy="50" r="46" fill="currentColor"></circle><path d="M27 52 44 68 75 33" stroke="var(--sign-hole, #0b6447)" stroke-width="11" fill="none" stroke-linecap="round" stroke-linejoin="round"></path>`,
  declined: svg`<path d="M31 4h38l27 27v38L69 96H31L4 69V31z" fill="currentColor"></path><path d="M33 33l34 34M67 33 33 67" stroke="var(--sign-hole, #b3211a)" stroke-width="12" stroke-linecap="round"></path>`,
  reversed: svg`<rect x="6" y="6" width="88" height="88" rx="14" fill="none" stroke="currentColor" stroke-width="8"></rect><path d="M40 26 23 43l17 17M25 43h32a16 16 0 0 1 0 32H42" stroke="currentColor" stroke-width="10" fill="none" stroke-linecap="round" stroke-linejoin="round"></path>`,
  refunded: svg`<path d="M8 34h64M56 14l20 20-20 20" stroke="currentColor" stroke-width="10" fill="none" stroke-linecap="round" stroke-linejoin="round" opacity="0.45"></path><path d="M92 68H28M44 48 24 68l20 20" stroke="currentColor" stroke-width="10" fill="none" stroke-linecap="round" stroke-linejoin="round"></path>`,
  abandoned: svg`<circle cx="50" cy="50" r="43" fill="none" stroke="currentColor" stroke-width="8" stroke-dasharray="15 12"></circle><path d="M32 50h36" stroke="currentColor" stroke-width="10" stroke-linecap="round"></path>`,
} as const satisfies Readonly<Record<string, SVGTemplateResult>>;

export type Sign = keyof typeof SIGNS;

/** Stands beside its word, always. */
export const sign = (name: Sign, size = 120): TemplateResult =>
  html`<svg width=${size} height=${size} viewBox="0 0 100 100" aria-hidden="true">${SIGNS[name]}</svg>`;
