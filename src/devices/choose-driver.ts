import type { DeviceMatch } from './transports/transport.ts';

/** How much a match says of a device: a product more than its maker, a maker more than 'some printer'. */
function weight(match: DeviceMatch): number {
  if (match.productId !== undefined) return 3;
  if (match.vendorId !== undefined) return 2;
  return match.classCode === undefined ? 0 : 1;
}

interface Entry {
  readonly match: readonly DeviceMatch[];
}

/**
 * The entry whose match says most of the device; among equals the first. Undefined: none fits.
 * A maker's own printers are USB printers, too, so 'any USB printer' must not win against the maker's line.
 */
export function bestEntry<E extends Entry>(
  entries: readonly E[],
  agrees: (match: DeviceMatch) => boolean,
): E | undefined {
  let best: { readonly entry: E; readonly weight: number } | undefined;
  for (const entry of entries) {
    for (const match of entry.match) {
      if (agrees(match) && (best === undefined || weight(match) > best.weight))
        best = { entry, weight: weight(match) };
    }
  }
  return best?.entry;
}
