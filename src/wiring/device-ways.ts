import { type DeviceWay, deviceWays, type WayState } from '../devices/transports/platform.ts';
import type { DevicePlace, WayView } from '../flow/counter-devices.ts';

/** By what a device of each place can be reached. A keyboard needs no way: every browser has one. */
const WAYS: Readonly<Record<DevicePlace | 'printer', readonly DeviceWay[]>> = {
  printer: ['usb', 'serial', 'bluetooth'],
  reader: ['hid', 'serial'],
  terminal: ['serial'],
  scanner: ['camera', 'hid', 'serial'],
  scale: ['serial'],
  pole: ['serial'],
  tags: ['nfc', 'serial'],
};

const viewOf = (state: WayState): WayView =>
  state.state === 'absent'
    ? { way: state.way, absence: state.reason }
    : { way: state.way, ...(state.caution === undefined ? {} : { caution: state.caution }) };

/** The ways of a place in this browser. */
export function waysOf(
  place: DevicePlace | 'printer',
  facts: Parameters<typeof deviceWays>[0],
): readonly WayView[] {
  const ways = deviceWays(facts);
  return WAYS[place].flatMap((way) => ways.filter((each) => each.way === way).map(viewOf));
}
