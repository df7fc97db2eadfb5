import type { DeviceHealth, DeviceTrouble, ReaderPrompt } from '../devices/ports.ts';
import type { Store } from './store.ts';

/**
 * The devices of a counter beside its printer, as pages see them: one place per kind, each with what is connected there, how it
 * is, and the ways to connect another.
 */

/** The places of a counter, in the order they are shown. One device each. */
export const DEVICE_PLACES = ['reader', 'terminal', 'scanner', 'scale', 'pole', 'tags'] as const;
export type DevicePlace = (typeof DEVICE_PLACES)[number];

/** A way of connecting one kind of device. `driver` is an id of the registry; its words are the catalogue's. `nfc`: the phone's own. */
export interface DeviceOffer {
  readonly driver: string;
  readonly bus: 'usb' | 'serial' | 'hid' | 'nfc';
}

/** Why a way to devices is not there, and what often stands in it: closed sets with words (devices/transports/platform.ts). */
export type WayAbsence =
  | 'insecure'
  | 'in-app'
  | `${'usb' | 'serial' | 'hid' | 'bluetooth'}-${'ios' | 'browser'}`
  | `${'serial' | 'hid' | 'bluetooth'}-android`
  | `nfc-${'ios' | 'desktop' | 'browser'}`
  | 'camera-browser';
export type WayCaution = 'windows-printer-driver' | 'linux-usblp' | 'android-wired-ports';

/** One way from this page to devices. With `absence` it is not there. */
export interface WayView {
  readonly way: 'usb' | 'serial' | 'hid' | 'nfc' | 'camera' | 'bluetooth';
  readonly absence?: WayAbsence;
  readonly caution?: WayCaution;
}

/** What must be entered for a driver, because the device cannot be asked for it. */
export const DEVICE_FIELDS = {
  ecrhub: { field: 'ecrhub-app-id', kind: 'text' },
  zvt: { field: 'zvt-password', kind: 'digits' },
  pax: { field: 'pax-stores-offline', kind: 'switch' },
} as const satisfies Readonly<Record<string, { readonly field: string; readonly kind: string }>>;
export type DeviceField = (typeof DEVICE_FIELDS)[keyof typeof DEVICE_FIELDS]['field'];
export type DeviceFieldValues = Readonly<Partial<Record<DeviceField, string>>>;

/** One device as it is now. */
export interface DeviceView {
  readonly place: DevicePlace;
  readonly link: 'connected' | 'connecting' | 'absent';
  /** Why there is no link, when it was tried and failed. */
  readonly trouble?: DeviceTrouble;
  /** Absent: none was ever connected here. `wedge`: a scanner that types, known by having scanned. */
  readonly driver?: string;
  /** What it calls itself; empty when it does not say. */
  readonly name: string;
  readonly health?: DeviceHealth;
  /** When it was last connected, ms since 1970. */
  readonly lastSeenMs?: number;
  /** What it said last: the weight of a scale, the mark of a tag. For the trial on the page only; of codes none is kept. */
  readonly heard?: string;
  readonly simulated: boolean;
}

/** Something that happened to a link, for the diagnostic report. */
export interface DeviceMoment {
  readonly atMs: number;
  readonly place: DevicePlace | 'printer';
  readonly what: 'connected' | 'gone' | 'paired' | 'forgotten' | DeviceTrouble;
}

/** Moments kept: a day of a cable that is loose. */
export const MOMENTS_MAX = 200;

/**
 * What was heard of the counter's scanners. `leaked`: the page had the first keys of the code before it was known to be one.
 * `unclear`: a code that may have lost its beginning; nothing may be made of it, it must be scanned again. `card`: no code but the
 * stripe of a card, from a reader that types; it was thrown away.
 */
export type ScanHeard =
  | { readonly kind: 'code'; readonly text: string; readonly leaked: boolean }
  | { readonly kind: 'unclear' | 'card' };

/** How a card that was tried ended. `read`: encrypted, thrown away, and sent nowhere. */
export type ReaderTrial = 'read' | 'declined' | 'cancelled' | 'failed';

export interface CounterDevices {
  readonly board: Store<readonly DeviceView[]>;
  /** The ways by which this place can be reached, each with why it is missing here. It does not change while the page is open. */
  ways(place: DevicePlace | 'printer'): readonly WayView[];
  /** What can be connected at a place in this browser. Empty: it lacks the way, or the drivers are not loaded yet. */
  offers(place: DevicePlace): readonly DeviceOffer[];
  /** Must be called straight from a click: the browser's chooser needs it. Resolves to a code when it did not work. */
  pair(place: DevicePlace, offer: DeviceOffer): Promise<DeviceTrouble | undefined>;
  forget(place: DevicePlace): Promise<void>;
  /** Looks for every remembered device that is not connected. */
  reacquire(): Promise<void>;
  /** Something to see at the device itself: a pole shows figures, a scale is asked. False where there is nothing to try. */
  tryOut(place: DevicePlace): boolean;
  /** Reads one card without any money: no host is asked, and the chip is told no. Never rejects. */
  tryReader(prompt: (prompt: ReaderPrompt) => void, signal: AbortSignal): Promise<ReaderTrial>;
  readonly fields: Store<DeviceFieldValues>;
  /** Keeps what was entered; a device that is connected gets it when it is connected again. */
  enter(field: DeviceField, value: string): Promise<void>;
  /** Calls `listener` with everything that any scanner of the counter reads; returns the function that stops it. */
  onScan(listener: (heard: ScanHeard) => void): () => void;
  /**
   * Looks for codes through the camera, whose picture `video` shows, until the returned function is called; what it reads is
   * heard by `onScan`. `ended`: the camera was refused or gave up, and everything is released.
   */
  scanByCamera(video: HTMLVideoElement, ended: (trouble: DeviceTrouble) => void): () => void;
  /** What a supplier needs to help. Pretty JSON; no card data, no customer, no amount. */
  report(): string;
}
