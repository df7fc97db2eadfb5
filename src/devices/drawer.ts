type Pin = 'high' | 'low' | 'unknown';

/** Undefined where nothing was learned, or the printer says nothing. */
export function drawerState(pin: Pin, openAt: 'high' | 'low' | undefined): 'open' | 'closed' | undefined {
  if (openAt === undefined || pin === 'unknown') return undefined;
  return pin === openAt ? 'open' : 'closed';
}
