import { expect, test } from 'vitest';
import { bestEntry } from './choose-driver.ts';
import { type DeviceIdentity, idsAgree } from './transports/transport.ts';

const any = { id: 'any', match: [{ bus: 'usb', classCode: 7 }, { bus: 'serial' }] as const };
const maker = { id: 'maker', match: [{ bus: 'usb', vendorId: 1 }] as const };
const product = { id: 'product', match: [{ bus: 'usb', vendorId: 1, productId: 2 }] as const };
const chosen = (identity: DeviceIdentity) =>
  bestEntry([any, maker, product], (match) => idsAgree(identity, match))?.id;

test('the match that says most of a device wins, and of equals the first', () => {
  expect(chosen({ bus: 'usb', vendorId: 1, productId: 2, name: '' })).toBe('product');
  expect(chosen({ bus: 'usb', vendorId: 1, productId: 3, name: '' })).toBe('maker');
  expect(chosen({ bus: 'usb', vendorId: 9, productId: 2, name: '' })).toBe('any');
  expect(chosen({ bus: 'serial', name: '' })).toBe('any');
  expect(chosen({ bus: 'hid', name: '' })).toBeUndefined();
});
