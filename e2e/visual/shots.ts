/** One picture of the gallery. */
export interface Shot {
  /** Also the name of its file. */
  readonly name: string;
  /** What follows the question mark of the gallery's address. */
  readonly query: string;
  readonly size: keyof typeof SIZES;
  readonly whole?: boolean;
}

/** Half a pixel for one where layout is what counts: a quarter of the bytes, and text is still told from other text. */
export const SIZES = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 0.75 },
  tablet: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 0.5 },
  board: { viewport: { width: 820, height: 600 }, deviceScaleFactor: 0.5 },
} as const;

const page = (scene: string, size: Shot['size'], more = ''): Shot => ({
  name: `${scene}-${size}${more.replaceAll(/&\w+=/g, '-')}`,
  query: `scene=${scene}${more}`,
  size,
});

const PHONE = [
  'lock',
  'first-run',
  'till-empty',
  'till',
  'tender-typed',
  'tender-scan',
  'paying-scan',
  'paying-unknown',
  'paying-stuck',
  'done',
  'done-static',
  'refused-declined',
  'refused-reversed',
  'unsaved',
  'asking',
  'orders',
  'order',
  'devices',
  'settings',
  'open',
].map((scene) => page(scene, 'phone'));

const TABLET = [
  page('till', 'tablet'),
  page('tender-typed', 'tablet', '&theme=dark'),
  page('done', 'tablet', '&language=en'),
  page('paying-unknown', 'tablet', '&language=en&theme=dark'),
  page('orders', 'tablet', '&accent=sky'),
  page('settings', 'tablet', '&contrast=more'),
  page('till', 'tablet', '&theme=dark&contrast=more'),
];

const BOARDS: readonly Shot[] = ['', '&theme=dark', '&contrast=more'].map((look) => ({
  name: `elements${look.replaceAll(/&\w+=/g, '-')}`,
  query: `only=all${look}`,
  size: 'board',
  whole: true,
}));

const OVER: readonly Shot[] = ['pos-dialog', 'pos-toast'].map((over) => ({
  name: over,
  query: `over=${over}`,
  size: 'phone',
}));

export const SHOTS: readonly Shot[] = [...BOARDS, ...OVER, ...PHONE, ...TABLET];
