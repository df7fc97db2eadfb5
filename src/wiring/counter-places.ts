import type { DeviceErrorCode } from '../devices/errors.ts';
import type { TakenDevices } from '../devices/kept/kept-link.ts';
import type { ReaderPrompt } from '../devices/ports.ts';
import { platformFacts } from '../devices/transports/platform.ts';
import type { Bus, Link } from '../devices/transports/transport.ts';
import type { DisplayContent } from '../domain/display.ts';
import type { Language } from '../domain/shop.ts';
import {
  type CounterDevices,
  DEVICE_PLACES,
  type DeviceField,
  type DeviceFieldValues,
  type DeviceMoment,
  type DeviceOffer,
  type DevicePlace,
  type DeviceView,
  MOMENTS_MAX,
  type ReaderTrial,
  type ScanHeard,
  type WayView,
} from '../flow/counter-devices.ts';
import { deviceReport } from '../flow/device-report.ts';
import type { DevicesState } from '../flow/services.ts';
import { Store } from '../flow/store.ts';
import { CounterScans } from './counter-scans.ts';
import { waysOf } from './device-ways.ts';
import type { PhoneTags } from './phone-tags.ts';
import type { RealPlaces } from './real-places.ts';
import { systemClock } from './system.ts';
import { TerminalFacts } from './terminal-facts.ts';

const ABSENT: readonly DeviceView[] = DEVICE_PLACES.map((place) => ({
  place,
  link: 'absent',
  name: '',
  simulated: false,
}));

export interface CounterPlacesPorts {
  readonly vault: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  readonly printer: () => Pick<DevicesState, 'printer' | 'lastSeenMs'>;
  readonly language: () => Language;
  alarm(error: unknown): void;
}

/** The places of the counter as the page sees them: empty until the drivers are loaded, and marked while they are simulated. */
export class CounterPlaces implements CounterDevices {
  readonly board = new Store<readonly DeviceView[]>(ABSENT);
  #real: RealPlaces | undefined;
  #simulated: ReadonlySet<DevicePlace> = new Set();
  readonly #ports: CounterPlacesPorts;
  readonly #facts: TerminalFacts;
  readonly #moments: DeviceMoment[] = [];
  readonly #scans = new CounterScans(() => this.#show());
  #phone: PhoneTags | undefined;
  #shown: DisplayContent = { show: 'idle' };

  constructor(ports: CounterPlacesPorts) {
    this.#ports = ports;
    this.#facts = new TerminalFacts(ports.vault);
  }

  /** Loads the drivers and takes up what this counter had, without asking anyone. */
  async start(buses: readonly Bus<Link>[], taken: TakenDevices): Promise<RealPlaces> {
    const { vault, language, alarm } = this.#ports;
    await this.#facts.load();
    const { RealPlaces } = await import('./real-places.ts');
    const real = await RealPlaces.start({
      buses,
      taken,
      vault,
      language,
      alarm,
      facts: this.#facts,
      happened: (moment) => this.happened(moment),
    });
    this.use(real);
    if ('NDEFReader' in window) this.#startPhone().catch(alarm);
    return real;
  }

  /** For the report. The oldest moment makes room. */
  happened(moment: DeviceMoment): void {
    this.#moments.push(moment);
    if (this.#moments.length > MOMENTS_MAX) this.#moments.shift();
  }

  use(real: RealPlaces): void {
    this.#real = real;
    real.scanner.onScan(({ text }) => this.#scans.scanned(text));
    real.pole.show(this.#shown);
    real.subscribe(() => this.#show());
    this.#show();
  }

  /** What the customer should read on a pole, also on one that is connected later. */
  show(content: DisplayContent): void {
    this.#shown = content;
    this.#real?.pole.show(content);
  }

  /** What stands there simulated: in training and on a demo server. */
  simulate(places: readonly DevicePlace[]): void {
    this.#simulated = new Set(places);
    this.#show();
  }

  ways(place: DevicePlace | 'printer'): readonly WayView[] {
    return waysOf(place, platformFacts(window));
  }

  offers(place: DevicePlace): readonly DeviceOffer[] {
    const offers = this.#real?.offers(place) ?? [];
    return place === 'tags' && this.#phone !== undefined ? [this.#phone.offer, ...offers] : offers;
  }

  async pair(place: DevicePlace, offer: DeviceOffer): Promise<DeviceErrorCode | undefined> {
    try {
      if (this.#real === undefined) return 'unsupported';
      if (offer.bus === 'nfc') await this.#pairPhone();
      else {
        await this.#real.pair(place, { ...offer, bus: offer.bus });
        if (place === 'tags') await this.#phone?.forget();
      }
      return undefined;
    } catch (error) {
      return codeOf(error);
    }
  }

  async forget(place: DevicePlace): Promise<void> {
    if (place === 'scanner') this.#scans.forgetTyping();
    if (place === 'tags') await this.#phone?.forget();
    await this.#real?.forget(place);
  }

  /** From a button: what needs the person's word is asked for. */
  async reacquire(): Promise<void> {
    await Promise.all([this.#phone?.reacquire(true), this.#real?.reacquire()]);
  }

  /** By itself: nobody is asked. */
  async wake(): Promise<void> {
    await Promise.all([this.#phone?.reacquire(), this.#real?.reacquire()]);
  }

  tryOut(place: DevicePlace): boolean {
    return this.#real?.tryOut(place) ?? false;
  }

  async tryReader(prompt: (prompt: ReaderPrompt) => void, signal: AbortSignal): Promise<ReaderTrial> {
    return (await this.#real?.tryReader(prompt, signal)) ?? 'failed';
  }

  get fields(): Store<DeviceFieldValues> {
    return this.#facts.values;
  }

  enter(field: DeviceField, value: string): Promise<void> {
    return this.#facts.enter(field, value);
  }

  onScan(listener: (heard: ScanHeard) => void): () => void {
    return this.#scans.listen(listener);
  }

  scanByCamera(video: HTMLVideoElement, ended: (trouble: DeviceErrorCode) => void): () => void {
    return this.#scans.camera(video, ended);
  }

  report(): string {
    const { printer, lastSeenMs } = this.#ports.printer();
    return deviceReport({
      devices: this.#real?.views ?? [],
      printer,
      ...(lastSeenMs === undefined ? {} : { printerSeenMs: lastSeenMs }),
      moments: this.#moments,
      madeMs: systemClock.now(),
    });
  }

  async #startPhone(): Promise<void> {
    const { PhoneTags } = await import('./phone-tags.ts');
    const phone = PhoneTags.ofBrowser({
      vault: this.#ports.vault,
      changed: () => this.#show(),
      happened: (moment) => this.happened(moment),
    });
    this.#phone = phone;
    this.#show();
    await phone.load();
  }

  /** One reader of tags at a time: a reader on a cable makes room. */
  async #pairPhone(): Promise<void> {
    await this.#phone?.pair();
    await this.#real?.forget('tags');
  }

  #show(): void {
    this.board.set((this.#real?.views ?? ABSENT).map((view) => this.#standIn(view) ?? view));
  }

  /** What is at a place although no device of a bus is: something simulated, the phone itself, or a scanner that types. */
  #standIn({ place, link, driver }: DeviceView): DeviceView | undefined {
    // One that is paired and pulled out is missed, and not stood in for.
    if (link === 'connected' || driver !== undefined) return undefined;
    if (this.#simulated.has(place)) return { place, link: 'connected', name: '', simulated: true };
    if (place === 'tags') return this.#phone?.view;
    return place === 'scanner' ? this.#scans.typing : undefined;
  }
}

/** The coded reason of a DeviceError, told by its name: the class itself is in a chunk that may not be loaded. */
function codeOf(error: unknown): DeviceErrorCode {
  return error instanceof Error && error.name === 'DeviceError' && 'code' in error
    ? (error.code as DeviceErrorCode)
    : 'protocol';
}
