import { DeviceError, type DeviceErrorCode } from '../devices/errors.ts';
import { type NdefReader, NfcTags } from '../devices/inputs/nfc/nfc-tags.ts';
import type { DeviceMoment, DeviceOffer, DeviceView } from '../flow/counter-devices.ts';
import { systemClock } from './system.ts';

const KEY = 'device-tags-phone';

interface PhoneTagsPorts {
  readonly vault: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  readonly makeReader: () => NdefReader;
  /** Whether tags may be read without asking the person again. */
  readonly isAllowed: () => Promise<boolean>;
  changed(): void;
  happened(moment: DeviceMoment): void;
}

/** The phone itself as the reader of member tags: remembered like any device, and begun again by itself where it may be. */
export class PhoneTags {
  /** Chrome on Android: no chooser, a touch of a button begins it. */
  readonly offer: DeviceOffer = { driver: 'web-nfc', bus: 'nfc' };
  readonly #ports: PhoneTagsPorts;
  readonly #nfc: NfcTags;
  #isWanted = false;
  #trouble: DeviceErrorCode | undefined;
  #heard: string | undefined;
  #lastSeenMs: number | undefined;

  constructor(ports: PhoneTagsPorts) {
    this.#ports = ports;
    this.#nfc = new NfcTags({ makeReader: ports.makeReader });
    this.#nfc.onTag(({ uid }) => {
      this.#heard = uid;
      this.#lastSeenMs = systemClock.now();
      ports.changed();
    });
    this.#nfc.subscribe(() => ports.changed());
  }

  static ofBrowser(ports: Pick<PhoneTagsPorts, 'vault' | 'changed' | 'happened'>): PhoneTags {
    return new PhoneTags({
      ...ports,
      makeReader: () => new NDEFReader() as NdefReader,
      isAllowed: async () => {
        const { state } = await navigator.permissions.query({ name: 'nfc' as PermissionName });
        return state === 'granted';
      },
    });
  }

  /** Takes it up where this counter had it. Never rejects. */
  async load(): Promise<void> {
    this.#isWanted = (await this.#ports.vault.get(KEY)) === true;
    await this.reacquire();
  }

  /** Undefined where the phone is not in use as a reader. */
  get view(): DeviceView | undefined {
    if (!this.#isWanted) return undefined;
    return {
      place: 'tags',
      link: this.#nfc.link,
      driver: this.offer.driver,
      name: '',
      simulated: false,
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
      ...(this.#heard === undefined ? {} : { heard: this.#heard }),
      ...(this.#lastSeenMs === undefined ? {} : { lastSeenMs: this.#lastSeenMs }),
    };
  }

  /** Call it straight from the click. Rejects with DeviceError `no-access` (refused, or NFC is off) or `unsupported`. */
  async pair(): Promise<void> {
    await this.#nfc.start();
    this.#isWanted = true;
    this.#trouble = undefined;
    this.#tell('paired');
    await this.#ports.vault.set(KEY, true);
  }

  async forget(): Promise<void> {
    if (!this.#isWanted) return;
    this.#isWanted = false;
    this.#heard = undefined;
    this.#nfc.stop();
    this.#tell('forgotten');
    await this.#ports.vault.set(KEY, null);
  }

  /** Without a click it begins only where the person has allowed it before. */
  async reacquire(byHand = false): Promise<void> {
    if (!this.#isWanted || this.#nfc.link === 'connected') return;
    if (!byHand && !(await this.#ports.isAllowed())) return this.#ports.changed();
    try {
      await this.#nfc.start();
      this.#trouble = undefined;
      this.#tell('connected');
    } catch (cause) {
      this.#trouble = cause instanceof DeviceError ? cause.code : 'protocol';
      this.#tell(this.#trouble);
    }
  }

  #tell(what: DeviceMoment['what']): void {
    this.#ports.happened({ atMs: systemClock.now(), place: 'tags', what });
    this.#ports.changed();
  }
}
