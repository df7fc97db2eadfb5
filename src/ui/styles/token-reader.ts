import type { Accent } from '../../domain/look.ts';

/** The colour of a token, `#rrggbb`. Throws for a name that is none. */
export type Tokens = (name: string) => string;

interface Chosen {
  readonly theme: 'light' | 'dark';
  readonly contrast: 'normal' | 'more';
  readonly accent: Accent;
}

/** The colours of `tokens.css` in one look, as a browser would cascade them. For tests: the page itself never reads its style sheet. */
export function readTokens(css: string, { theme, contrast, accent }: Chosen): Tokens {
  const blocks = [':root {', `:root[data-accent="${accent}"] {`];
  if (contrast === 'more') blocks.push(':root[data-contrast="more"] {');
  const colours = new Map<string, string>();
  for (const block of blocks) {
    const start = css.indexOf(block);
    if (start < 0) continue; // The first accent is the one of `:root`.
    const body = css.slice(start, css.indexOf('\n}', start));
    for (const [, name = '', light = '', dark = ''] of body.matchAll(
      /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g,
    ))
      colours.set(name, theme === 'light' ? light : dark);
    for (const [, name = '', other = ''] of body.matchAll(/--([\w-]+): var\(--([\w-]+)\);/g))
      colours.set(name, colours.get(other) ?? '');
  }
  return (name) => {
    const colour = colours.get(name);
    if (colour === undefined) throw new Error(`no colour --${name}`);
    return colour;
  };
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastOf(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
