/** The colours a shop may choose for its next action and its marks: none is the colour of a result (docs/design-system.md). */
export const ACCENTS = ['orange', 'sky', 'teal', 'indigo', 'violet', 'rose'] as const;
export type Accent = (typeof ACCENTS)[number];

/** `auto` follows the system; `more` draws edges and leaves no greys. */
export const CONTRASTS = ['auto', 'more'] as const;
export type Contrast = (typeof CONTRASTS)[number];

/**
 * Where single characters of a keyboard work that is plugged in: on every page that has a keypad, or only while a keypad or a
 * field has the focus, for whoever speaks to the machine or presses keys unmeant (WCAG 2.2, 2.1.4).
 */
export const KEYS = ['anywhere', 'focused'] as const;
export type Keys = (typeof KEYS)[number];
