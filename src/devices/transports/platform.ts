/** The ways from a page to a device. `bluetooth` is a serial line over Bluetooth (RFCOMM), not Web Bluetooth. */
export const DEVICE_WAYS = ['usb', 'serial', 'hid', 'nfc', 'camera', 'bluetooth'] as const;
export type DeviceWay = (typeof DEVICE_WAYS)[number];

/** Why a way is not there, as a closed set the screen has words for: what is missing, and what to buy or do instead. */
export const ABSENCES = [
  /** The page was not opened by https: no browser gives devices to it. */
  'insecure',
  /** Inside WeChat or another program: open the page in the browser itself. */
  'in-app',
  'usb-ios',
  'usb-browser',
  'serial-ios',
  'serial-android',
  'serial-browser',
  'hid-ios',
  'hid-android',
  'hid-browser',
  'nfc-ios',
  'nfc-desktop',
  'nfc-browser',
  'camera-browser',
  'bluetooth-ios',
  'bluetooth-android',
  'bluetooth-browser',
] as const;
export type Absence = (typeof ABSENCES)[number];

/** What often stands in the way although the way is there. */
export const CAUTIONS = [
  /** Windows: the printer's own driver keeps WebUSB out. */
  'windows-printer-driver',
  /** Linux: usblp or missing rights keep WebUSB out. */
  'linux-usblp',
  /** Android: ports on a cable are missing on most phones; over Bluetooth they work, and CDC-ACM devices go by USB. */
  'android-wired-ports',
] as const;
export type Caution = (typeof CAUTIONS)[number];

export type WayState =
  | { readonly way: DeviceWay; readonly state: 'present'; readonly caution?: Caution }
  | { readonly way: DeviceWay; readonly state: 'absent'; readonly reason: Absence };

/** What is asked of a browser. Handed in: nothing here reads `navigator`. */
export interface PlatformFacts {
  readonly isSecure: boolean;
  readonly userAgent: string;
  /** More than one on a tablet: an iPad calls itself a Macintosh. */
  readonly touchPoints: number;
  readonly has: Readonly<Record<'usb' | 'serial' | 'hid' | 'nfc' | 'camera', boolean>>;
}

/** A window, as far as the facts are taken from it. */
export interface PlatformWindow {
  readonly isSecureContext: boolean;
  readonly navigator: {
    readonly userAgent: string;
    readonly maxTouchPoints: number;
    readonly mediaDevices?: object;
  };
}

/** The facts of this browser. A way counts by its object being there; whether it is allowed shows when it is used. */
export function platformFacts(page: PlatformWindow): PlatformFacts {
  const { navigator } = page;
  return {
    isSecure: page.isSecureContext,
    userAgent: navigator.userAgent,
    touchPoints: navigator.maxTouchPoints,
    has: {
      usb: 'usb' in navigator,
      serial: 'serial' in navigator,
      hid: 'hid' in navigator,
      nfc: 'NDEFReader' in page,
      camera: navigator.mediaDevices !== undefined,
    },
  };
}

type System = 'ios' | 'android' | 'windows' | 'linux' | 'other';

function systemOf({ userAgent, touchPoints }: PlatformFacts): System {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Windows/.test(userAgent)) return 'windows';
  return /Linux/.test(userAgent) ? 'linux' : 'other';
}

/** Programs that show pages in a browser of their own, and Android's WebView as such. */
const IN_APP = /MicroMessenger|AlipayClient|DingTalk|Lark|FBAN|FBAV|; wv\)/;

/** Every way with whether it is there, and if not, why. Ask again after nothing: it cannot change while the page is open. */
export function deviceWays(facts: PlatformFacts): readonly WayState[] {
  const system = systemOf(facts);
  return DEVICE_WAYS.map((way): WayState => {
    const has = facts.has[way === 'bluetooth' ? 'serial' : way];
    if (!facts.isSecure) return { way, state: 'absent', reason: 'insecure' };
    if (!has) return { way, state: 'absent', reason: absenceOf(way, system, IN_APP.test(facts.userAgent)) };
    const caution = cautionOf(way, system);
    return { way, state: 'present', ...(caution === undefined ? {} : { caution }) };
  });
}

function absenceOf(way: DeviceWay, system: System, isInApp: boolean): Absence {
  // Leaving the program helps with the camera only: no browser on iOS has the others.
  if (system === 'ios' && way !== 'camera') return `${way}-ios`;
  if (isInApp) return 'in-app';
  if (way === 'nfc') return system === 'android' ? 'nfc-browser' : 'nfc-desktop';
  if (system === 'android' && way !== 'usb' && way !== 'camera') return `${way}-android`;
  return `${way}-browser`;
}

function cautionOf(way: DeviceWay, system: System): Caution | undefined {
  if (way === 'usb' && system === 'windows') return 'windows-printer-driver';
  if (way === 'usb' && system === 'linux') return 'linux-usblp';
  return way === 'serial' && system === 'android' ? 'android-wired-ports' : undefined;
}
