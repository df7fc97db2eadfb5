import { expect, type Page } from '@playwright/test';

/** Text spacing that a reader may ask for (WCAG 2.2, 1.4.12). */
const SPACING =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }';

/** Runs in the page: what a person cannot read or reach on it, in words. `css` is put into every shadow root meanwhile. */
function faultsOf(css: string): string[] {
  const CONTROLS =
    'button, a[href], input:not([type="radio"]), label:has(input), wa-select, wa-input, wa-button, wa-switch';
  const faults = new Set<string>();
  const elements: Element[] = [];
  const roots: (Document | ShadowRoot)[] = [];
  const gather = (root: Document | ShadowRoot): void => {
    roots.push(root);
    for (const element of root.querySelectorAll('*')) {
      elements.push(element);
      if (element.shadowRoot !== null) gather(element.shadowRoot);
    }
  };
  gather(document);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  for (const root of roots) root.adoptedStyleSheets.push(sheet);

  const words = (element: Element): string =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 40);
  const nameOf = (element: Element): string =>
    `${element.localName} ${element.getAttribute('data-testid') ?? element.className} "${words(element)}"`;
  /** As it is drawn: a slotted element is in its slot, a root in its host. */
  const parentOf = (element: Element): Element | null => {
    const root = element.getRootNode();
    return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  };
  const isIn = (element: Element, outer: Element): boolean => {
    let at: Element | null = element;
    while (at !== null && at !== outer) at = parentOf(at);
    return at !== null;
  };
  /** Inside an element of the component library, which is looked at as a whole. */
  const isInKit = (element: Element): boolean => {
    const root = element.getRootNode();
    return root instanceof ShadowRoot && (root.host.localName.startsWith('wa-') || isInKit(root.host));
  };
  /** Only for a screen reader: it is clipped away on purpose, with everything in it. */
  const isHeard = (element: Element): boolean => {
    let at: Element | null = element;
    while (at !== null && !at.classList.contains('heard')) at = parentOf(at);
    return at !== null;
  };
  const modal = elements.find((element) => element.matches('dialog:modal'));
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !isHeard(element) &&
    !isInKit(element) &&
    (modal === undefined || isIn(element, modal));

  const lookAtText = (element: Element): void => {
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && /\S/.test(node.textContent ?? ''),
    );
    if (!hasText) return;
    const { fontSize } = getComputedStyle(element);
    // Tall glyphs reach out of a low line; half a line more is text.
    const half = Number.parseFloat(fontSize) / 2;
    const range = document.createRange();
    range.selectNodeContents(element);
    const text = range.getBoundingClientRect();
    for (let at: Element | null = element; at !== null; at = parentOf(at)) {
      const { overflowX, overflowY } = getComputedStyle(at);
      if ([overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll')) return;
      const box = at.getBoundingClientRect();
      const isCutX = overflowX !== 'visible' && (text.left < box.left - 1 || text.right > box.right + 1);
      const isCutY =
        overflowY !== 'visible' && (text.top < box.top - half || text.bottom > box.bottom + half);
      if (isCutX || isCutY)
        faults.add(`cut ${isCutX ? 'at the side' : 'above or below'}: ${nameOf(element)}`);
    }
  };
  const lookAtControl = (element: Element): void => {
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
      faults.add(`not whole in sight: ${nameOf(element)} ${[left, top, right, bottom].map(Math.round)}`);
    const [x, y] = [left + width / 2, top + height / 2];
    let hit = document.elementFromPoint(x, y);
    for (let inner = hit; inner !== null; inner = inner.shadowRoot?.elementFromPoint(x, y) ?? null) {
      if (inner === hit && hit !== document.elementFromPoint(x, y)) break;
      hit = inner;
    }
    if (hit !== null && !isIn(hit, element)) faults.add(`covered by ${nameOf(hit)}: ${nameOf(element)}`);
  };

  for (const element of elements) {
    if (!isShown(element)) continue;
    lookAtText(element);
    if (element.matches(CONTROLS)) lookAtControl(element);
    const isFrame = element === document.documentElement || element.localName === 'main';
    if (isFrame && element.scrollWidth > element.clientWidth)
      faults.add(`${nameOf(element)} is ${element.scrollWidth - element.clientWidth} px too wide`);
  }
  for (const root of roots)
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
  return [...faults];
}

/**
 * Nothing is cut off, nothing needs scrolling in two directions, and every control can be brought whole into sight and hit:
 * as it is, and with the text spacing that a reader may ask for.
 */
export async function expectWhole(page: Page, name: string): Promise<void> {
  for (const [css, how] of [
    ['', ''],
    [SPACING, ', spaced'],
  ] as const)
    expect.soft(await page.evaluate(faultsOf, css), name + how).toEqual([]);
}
