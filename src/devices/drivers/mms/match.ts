import type { DeviceMatch } from '../../transports/transport.ts';

const MAGTEK = 0x0801;
/** DynaFlex family, DynaProx, DynaFlex II Go. 2021 and 2022 are boot loaders: never touched. */
const PRODUCTS = [0x2020, 0x2023, 0x2024] as const;

/** Readers of the family. Usage page FF00, usage 20 (facts: devices 3.1). */
export const MMS_MATCHES: readonly DeviceMatch[] = PRODUCTS.map((productId) => ({
  bus: 'hid',
  vendorId: MAGTEK,
  productId,
  usagePage: 0xff00,
  usage: 0x20,
}));
