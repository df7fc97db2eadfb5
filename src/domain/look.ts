/** The colours a shop may choose for its next action and its marks: none is the colour of a result (docs/design-system.md). */
export const ACCENTS = ['orange', 'sky', 'teal', 'indigo', 'violet', 'rose'] as const;
export type Accent = (typeof ACCENTS)[number];

/** `auto` follows the system; `more` draws edges and leaves no greys. */
export const CONTRASTS = ['auto', 'more'] as const;
export type Contrast = (typeof CONTRASTS)[number];
