import type { Bus, Link } from '../devices/transports/transport.ts';
import { WebHidBus } from '../devices/transports/webhid.ts';
import { WebSerialBus } from '../devices/transports/webserial.ts';
import { WebUsbBus } from '../devices/transports/webusb.ts';
import { systemTimer } from './system.ts';

/** The ways to devices that this browser has. */
export interface BrowserBuses {
  /** Those that move bytes: printers are on them. */
  readonly bytes: readonly Bus[];
  readonly all: readonly Bus<Link>[];
}

export function browserBuses(): BrowserBuses {
  const bytes: Bus[] = [];
  if ('usb' in navigator) bytes.push(new WebUsbBus(navigator.usb));
  if ('serial' in navigator) bytes.push(new WebSerialBus(navigator.serial, (ms) => systemTimer.wait(ms)));
  return { bytes, all: 'hid' in navigator ? [...bytes, new WebHidBus(navigator.hid)] : bytes };
}
