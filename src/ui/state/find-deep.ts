/** The first element that matches, through all open shadow roots. */
export function findDeep(root: ParentNode, selector: string): Element | undefined {
  for (const each of root.querySelectorAll('*')) {
    if (each.matches(selector)) return each;
    const found = each.shadowRoot === null ? undefined : findDeep(each.shadowRoot, selector);
    if (found !== undefined) return found;
  }
  return undefined;
}
