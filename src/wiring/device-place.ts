import type { DeviceSession } from '../devices/driver.ts';
import type { DeviceErrorCode } from '../devices/errors.ts';
import type { RememberedDevice } from '../devices/kept/kept-link.ts';
import type { DeviceHealth } from '../devices/ports.ts';
import type { BusKind } from '../devices/transports/transport.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeviceMoment, DeviceOffer, DevicePlace, DeviceView } from '../flow/counter-devices.ts';

/** An offer of something on a cable: it has a link. */
export interface CableOffer extends DeviceOffer {
  readonly bus: BusKind;
}

/** What a place needs of a kept link, whatever its session is. */
export interface Keeps {
  readonly link: 'connected' | 'connecting' | 'absent';
  readonly trouble: DeviceErrorCode | undefined;
  readonly remembered: RememberedDevice | undefined;
  readonly session: DeviceSession | undefined;
  subscribe(listener: () => void): () => void;
  start(): Promise<void>;
  reacquire(): Promise<void>;
  pair(kind: BusKind, driverId?: string): Promise<void>;
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** One kind of device on the real counter: its link, what was heard of it, and when it was there. */
export class RealPlace {
  readonly place: DevicePlace;
  readonly kept: Keeps;
  readonly offers: readonly CableOffer[];
  readonly #clock: Clock;
  readonly #happened: (moment: DeviceMoment) => void;
  readonly #tryOut: (() => void) | undefined;
  #link: DeviceView['link'] = 'absent';
  #trouble: DeviceErrorCode | undefined;
  #lastSeenMs: number | undefined;
  #health: DeviceHealth | undefined;
  #heard: string | undefined;

  constructor(
    place: DevicePlace,
    parts: { readonly kept: Keeps; readonly offers: readonly CableOffer[]; readonly tryOut?: () => void },
    around: { readonly clock: Clock; readonly happened: (moment: DeviceMoment) => void },
  ) {
    this.place = place;
    this.kept = parts.kept;
    this.offers = parts.offers;
    this.#tryOut = parts.tryOut;
    this.#clock = around.clock;
    this.#happened = around.happened;
    this.kept.subscribe(() => this.#look());
  }

  get view(): DeviceView {
    const { link, trouble, remembered } = this.kept;
    const health = this.kept.session?.health ?? this.#health;
    const name =
      [health?.maker, health?.model].filter(Boolean).join(' ') || (remembered?.identity.name ?? '');
    return {
      place: this.place,
      link,
      name,
      simulated: false,
      ...(trouble === undefined ? {} : { trouble }),
      ...(remembered === undefined ? {} : { driver: remembered.driver }),
      ...(health === undefined ? {} : { health }),
      ...(this.#lastSeenMs === undefined ? {} : { lastSeenMs: this.#lastSeenMs }),
      ...(this.#heard === undefined ? {} : { heard: this.#heard }),
    };
  }

  heard(text: string): void {
    this.#heard = text;
  }

  /** False where there is nothing to try, or nothing is connected. */
  tryOut(): boolean {
    if (this.#tryOut === undefined || this.kept.link !== 'connected') return false;
    this.#tryOut();
    return true;
  }

  async pair(offer: CableOffer): Promise<void> {
    await this.kept.pair(offer.bus, offer.driver);
    this.#tell('paired');
  }

  async forget(): Promise<void> {
    await this.kept.forget();
    this.#health = undefined;
    this.#heard = undefined;
    this.#lastSeenMs = undefined;
    this.#tell('forgotten');
  }

  #look(): void {
    const { link, trouble, session } = this.kept;
    this.#health = session?.health ?? this.#health;
    if (link === 'connected' || this.#link === 'connected') this.#lastSeenMs = this.#clock.now();
    if (link === this.#link && trouble === this.#trouble) return;
    const was = this.#link;
    this.#link = link;
    this.#trouble = trouble;
    if (link === 'connected') this.#tell('connected');
    else if (was === 'connected') this.#tell('gone');
    else if (link === 'absent' && trouble !== undefined) this.#tell(trouble);
  }

  #tell(what: DeviceMoment['what']): void {
    this.#happened({ atMs: this.#clock.now(), place: this.place, what });
  }
}
