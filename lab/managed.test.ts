import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../scripts/pinned.mjs';
import type { DeviceMatch } from '../src/devices/transports/transport.ts';

interface Ids {
  readonly vendor_id: number;
  readonly product_id?: number;
}
interface Policies {
  readonly WebUsbAllowDevicesForUrls: readonly { readonly devices: readonly Ids[] }[];
  readonly WebHidAllowDevicesForUrls: readonly { readonly devices: readonly Ids[] }[];
  readonly SerialAllowUsbDevicesForUrls: readonly { readonly devices: readonly Ids[] }[];
  readonly WebHidAllowDevicesWithHidUsagesForUrls: readonly {
    readonly usages: readonly { readonly usage_page: number; readonly usage?: number }[];
  }[];
}

const managed = (name: string): string => readFileSync(join(ROOT, 'docs', 'managed', name), 'utf8');
const policies = JSON.parse(managed('policies.json')) as Policies;
const rules = managed('70-xiaoji.rules').split('\n');

/** Everything that a driver says it can be matched on: what managed shops must be able to allow. */
const matches = Object.values(
  import.meta.glob<Record<string, unknown>>('../src/devices/drivers/*/match.ts', { eager: true }),
).flatMap((exports) =>
  Object.values(exports).flatMap((each) => (Array.isArray(each) ? (each as DeviceMatch[]) : [])),
);

const hex = (id: number): string => id.toString(16).padStart(4, '0');
const named = (bus: DeviceMatch['bus']) =>
  matches.filter((match) => match.bus === bus && match.vendorId !== undefined);
const allows = (list: readonly { readonly devices: readonly Ids[] }[], match: DeviceMatch): boolean =>
  list
    .flatMap(({ devices }) => devices)
    .some(
      (ids) =>
        ids.vendor_id === match.vendorId &&
        (ids.product_id === undefined || ids.product_id === match.productId),
    );
/** A rule names the maker in its list, and no product or this one. */
const opens = (subsystem: RegExp, match: DeviceMatch): boolean =>
  rules.some((rule) => {
    const vendors = /idVendor\}=="([^"]+)"/.exec(rule)?.[1]?.split('|') ?? [];
    const products = /idProduct\}=="([^"]+)"/.exec(rule)?.[1]?.split('|');
    return (
      subsystem.test(rule) &&
      vendors.includes(hex(match.vendorId ?? 0)) &&
      (products === undefined || products.includes(hex(match.productId ?? 0)))
    );
  });

describe('the files that a managed shop is handed', () => {
  test('drivers were found at all', () => {
    expect(matches.length).toBeGreaterThan(10);
  });

  test.each(named('usb').map((match) => [JSON.stringify(match), match] as const))(
    'allow the USB device %s, by policy and by udev rule',
    (_, match) => {
      expect(allows(policies.WebUsbAllowDevicesForUrls, match)).toBe(true);
      expect(opens(/SUBSYSTEM=="usb"/, match)).toBe(true);
    },
  );

  test.each(named('hid').map((match) => [JSON.stringify(match), match] as const))(
    'allow the HID device %s, by policy and by udev rule',
    (_, match) => {
      const usages = policies.WebHidAllowDevicesWithHidUsagesForUrls.flatMap((each) => each.usages);
      const byUsage = usages.some(
        ({ usage_page, usage }) => usage_page === match.usagePage && usage === match.usage,
      );
      expect(byUsage || allows(policies.WebHidAllowDevicesForUrls, match)).toBe(true);
      expect(opens(/hidraw/, match)).toBe(true);
    },
  );

  test('allow every HID usage that a driver is matched on without a maker', () => {
    const usages = policies.WebHidAllowDevicesWithHidUsagesForUrls.flatMap((each) => each.usages);
    const wanted = matches.filter((match) => match.bus === 'hid' && match.vendorId === undefined);
    for (const { usagePage, usage } of wanted) {
      expect(usages).toContainEqual({ usage_page: usagePage, ...(usage === undefined ? {} : { usage }) });
    }
  });

  test.each(named('serial').map((match) => [JSON.stringify(match), match] as const))(
    'allow the serial device %s by policy',
    (_, match) => {
      expect(allows(policies.SerialAllowUsbDevicesForUrls, match)).toBe(true);
    },
  );

  test('open every USB printer by its class, and keep the kernel driver away from it', () => {
    expect(rules.some((rule) => /0701\?\?/.test(rule) && /GROUP="plugdev"/.test(rule))).toBe(true);
    expect(managed('xiaoji-usblp.conf')).toMatch(/^blacklist usblp$/m);
  });
});
