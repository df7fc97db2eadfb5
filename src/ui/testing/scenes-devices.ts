import type { DevicePlace, DeviceView, WayAbsence, WayView } from '../../flow/counter-devices.ts';
import { ONLINE } from './fake-data.ts';
import type { FakeServices } from './fake-services.ts';
import type { Scene } from './scene.ts';

const LAST_SEEN = Date.UTC(2026, 2, 14, 1, 12);

const READER: Partial<DeviceView> = {
  link: 'connected',
  driver: 'mms',
  name: 'MagTek DynaFlex II',
  health: {
    maker: 'MagTek',
    model: 'DynaFlex II',
    serial: 'B50C4A2',
    firmware: '1.21.8.0',
    keyId: 'FFFF9876543210',
    battery: 82,
  },
};

/** Opens the devices page at a place. */
const at = (place: DevicePlace): string => `#/devices/${place}`;

const set =
  (place: DevicePlace, more: Partial<DeviceView>) =>
  ({ counter }: FakeServices): void =>
    counter.set(place, more);

const without =
  (absences: Partial<Record<WayView['way'], WayAbsence>>) =>
  ({ counter, stores }: FakeServices): void => {
    counter.way = (way) => {
      const absence = absences[way];
      return absence === undefined ? {} : { absence };
    };
    const { printer } = ONLINE;
    const status = { paper: 'unknown', cover: 'unknown', drawerPin: 'unknown' } as const;
    stores.devices.set({
      ...stores.devices.value,
      usb: absences.usb === undefined,
      serial: absences.serial === undefined,
      printer: { ...printer, ...status, link: 'absent', name: '' },
    });
  };

const IOS = {
  usb: 'usb-ios',
  serial: 'serial-ios',
  hid: 'hid-ios',
  nfc: 'nfc-ios',
  bluetooth: 'bluetooth-ios',
} as const;

/** The counter's devices, in every state they have. */
export const DEVICE_SCENES: readonly Scene[] = [
  {
    name: 'board',
    hash: at('reader'),
    set: (fake) => {
      set('reader', READER)(fake);
      set('terminal', {
        link: 'absent',
        driver: 'zvt',
        name: 'CCV Mobile',
        trouble: 'lost',
        lastSeenMs: LAST_SEEN,
      })(fake);
      set('scanner', { link: 'connected', driver: 'wedge', heard: '6901234567892' })(fake);
      set('scale', { link: 'connecting', driver: 'scale-continuous', name: 'USB Serial' })(fake);
      set('pole', { simulated: true, link: 'connected' })(fake);
    },
  },
  { name: 'reader-none', hash: at('reader'), set: () => undefined },
  {
    name: 'reader-refused',
    hash: at('reader'),
    set: set('reader', { ...READER, health: { ...READER.health, refused: 'not-encrypted' } }),
  },
  {
    name: 'reader-lost',
    hash: at('reader'),
    set: set('reader', { ...READER, link: 'absent', trouble: 'no-access', lastSeenMs: LAST_SEEN }),
  },
  { name: 'terminal-none', hash: at('terminal'), set: () => undefined },
  {
    name: 'terminal-there',
    hash: at('terminal'),
    set: set('terminal', { link: 'connected', driver: 'ecrhub', name: 'WiseEasy P5' }),
  },
  { name: 'scanner-none', hash: at('scanner'), set: () => undefined },
  {
    name: 'scale-heard',
    hash: at('scale'),
    set: set('scale', { link: 'connected', driver: 'scale-continuous', name: 'USB Serial', heard: '1250 g' }),
  },
  {
    name: 'pole-there',
    hash: at('pole'),
    set: set('pole', { link: 'connected', driver: 'pole-cd5220', name: 'USB Serial' }),
  },
  { name: 'tags-none', hash: at('tags'), set: () => undefined },
  { name: 'devices-ios', hash: at('scanner'), set: without(IOS) },
  { name: 'devices-ios-reader', hash: at('reader'), set: without(IOS) },
  { name: 'devices-ios-printer', hash: '#/devices', set: without(IOS) },
  {
    name: 'devices-android',
    hash: '#/devices',
    set: (fake) => {
      without({ serial: 'serial-android', hid: 'hid-android', bluetooth: 'bluetooth-android' })(fake);
      const { way } = fake.counter;
      fake.counter.way = (name) => (name === 'usb' ? { caution: 'windows-printer-driver' } : way(name));
    },
  },
];
