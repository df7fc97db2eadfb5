import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import { css } from 'lit';

const ICONS = new URL('./kit-icons.svg', import.meta.url).href;

/**
 * The library's own icons come as `data:` pictures that it fetches and parses as HTML: the page's policy forbids both. Ours are
 * one file, used as a sprite.
 */
export function useOwnIcons(): void {
  for (const name of ['system', 'default'])
    registerIconLibrary(name, { resolver: (icon) => `${ICONS}#${icon}`, spriteSheet: true });
}

/** The library drawn with the tokens of the house, in every theme. Only what its parts in use ask for. */
export const kitTokens = css`
  :host {
    --wa-font-size-smaller: var(--text-14);
    --wa-font-weight-semibold: 600;
    --wa-line-height-condensed: 1.25;
    --wa-border-style: solid;
    --wa-border-width-s: 1px;
    --wa-border-radius-s: var(--radius-s);
    --wa-border-radius-m: var(--radius);
    --wa-shadow-m: var(--lift-menu);
    --wa-transition-fast: var(--motion-quick);
    --wa-transition-normal: var(--motion-quick);
    --wa-transition-slow: var(--motion-quick);
    --wa-transition-easing: ease-out;
    --wa-focus-ring-style: solid;
    --wa-focus-ring-width: 3px;
    --wa-focus-ring-offset: 2px;
    --wa-focus-ring: 3px solid var(--focus);
    --wa-color-focus: var(--focus);
    --wa-color-mix-hover: black 8%;
    --wa-color-mix-active: black 12%;
    --wa-color-surface-raised: var(--paper);
    --wa-color-surface-border: var(--field-line);
    --wa-color-text-normal: var(--paper-ink);
    --wa-color-text-quiet: var(--paper-dim);
    --wa-color-brand-on-loud: var(--case);
    --wa-color-neutral-fill-quiet: var(--case-deep);
    --wa-color-neutral-fill-normal: var(--case-deep);
    --wa-color-neutral-on-normal: var(--ink);
    --wa-color-neutral-on-quiet: var(--paper-ink);
    --wa-form-control-height: 52px;
    --wa-form-control-background-color: var(--paper);
    --wa-form-control-border-color: var(--field-line);
    --wa-form-control-border-radius: var(--radius);
    --wa-form-control-border-style: solid;
    --wa-form-control-border-width: 2px;
    --wa-form-control-padding-inline: 14px;
    --wa-form-control-value-color: var(--paper-ink);
    --wa-form-control-value-font-weight: 600;
    --wa-form-control-value-line-height: 1.3;
    --wa-form-control-placeholder-color: var(--paper-dim);
    --wa-form-control-activated-color: var(--ink);
  }
`;
