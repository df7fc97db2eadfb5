import type { SerialCore } from '../../src/devices/simulators/browser/cores.ts';
import { CdcShell } from '../usb/cdc-shell.ts';

/** A serial device on a USB converter that the kernel drives by the class alone, and that a shop's policies allow. */
export const serialDevice = (core: SerialCore, name: string): CdcShell =>
  new CdcShell(core, {
    ...{ vendorId: 0x1a86, productId: 0x55d3, manufacturer: 'Xiaoji lab' },
    ...{ product: name, serial: `LAB-${name}` },
  });
