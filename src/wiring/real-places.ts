import type { DeviceSession, DriverEntry } from '../devices/driver.ts';
import { KeptDisplay } from '../devices/kept/kept-display.ts';
import { KeptLink, type RememberedDevice, type TakenDevices } from '../devices/kept/kept-link.ts';
import { KeptReader } from '../devices/kept/kept-reader.ts';
import { KeptScale } from '../devices/kept/kept-scale.ts';
import { KeptScanner } from '../devices/kept/kept-scanner.ts';
import { KeptTagReader } from '../devices/kept/kept-tag-reader.ts';
import { KeptTerminal } from '../devices/kept/kept-terminal.ts';
import type { ReaderPrompt } from '../devices/ports.ts';
import {
  CARD_READERS,
  PAYMENT_TERMINALS,
  POLE_DISPLAYS,
  SCALES,
  SCANNERS,
  TAG_READERS,
} from '../devices/registry.ts';
import type { TerminalSettings } from '../devices/terminals/terminal-settings.ts';
import { systemTimers } from '../devices/timers.ts';
import type { Bus, Link } from '../devices/transports/transport.ts';
import { minor } from '../domain/money.ts';
import type { Language } from '../domain/shop.ts';
import {
  DEVICE_PLACES,
  type DeviceMoment,
  type DevicePlace,
  type DeviceView,
  type ReaderTrial,
} from '../flow/counter-devices.ts';
import { POLE_WORDS } from '../i18n/pole-words.ts';
import type { RealCards } from './counter-cards.ts';
import { type CableOffer, RealPlace } from './device-place.ts';
import { VaultedOrderNotes } from './order-note-store.ts';
import { tryReader } from './reader-trial.ts';
import { systemClock } from './system.ts';
import type { TerminalFacts } from './terminal-facts.ts';

export interface RealPlacesPorts {
  readonly buses: readonly Bus<Link>[];
  readonly taken: TakenDevices;
  readonly vault: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  readonly facts: TerminalFacts;
  readonly language: () => Language;
  happened(moment: DeviceMoment): void;
  alarm(error: unknown): void;
}

const rememberedKey = (place: DevicePlace): string => `device-${place}`;
/** USB communications device class (CDC 1.2, 4.1). */
const CDC_CLASS = 0x02;
/** What a pole shows when it is tried out, fen. */
const TRIAL = minor(1_250);

/** A driver that takes its settings at the moment of connecting: a person may have changed them since. */
const late =
  <Session extends DeviceSession, Settings>(settings: () => Settings) =>
  (entry: DriverEntry<Session, Settings>): DriverEntry<Session, undefined> => ({
    ...entry,
    load: async () => {
      const driver = await entry.load();
      return { ...driver, connect: (link) => driver.connect(link, settings()) };
    },
  });

/** Where the browser has no serial ports (Android), what plugs in as USB CDC-ACM is reached over WebUSB by the same driver. */
const overCdc = <Session extends DeviceSession, Settings>(
  entry: DriverEntry<Session, Settings>,
): DriverEntry<Session, Settings> =>
  entry.match.some(({ bus }) => bus === 'serial')
    ? { ...entry, match: [...entry.match, { bus: 'usb', classCode: CDC_CLASS }] }
    : entry;

/** Every device of the real counter but its printer. Loaded after the first paint. */
export class RealPlaces {
  readonly reader: KeptReader<undefined>;
  readonly terminal: KeptTerminal<undefined>;
  readonly scanner: KeptScanner<undefined>;
  readonly scale: KeptScale<undefined>;
  readonly pole: KeptDisplay<undefined>;
  readonly tags: KeptTagReader<undefined>;
  readonly #ports: RealPlacesPorts;
  readonly #notes: VaultedOrderNotes;
  readonly #remembered: ReadonlyMap<DevicePlace, RememberedDevice>;
  readonly #places = new Map<DevicePlace, RealPlace>();
  readonly #listeners = new Set<() => void>();

  private constructor(
    ports: RealPlacesPorts,
    notes: VaultedOrderNotes,
    remembered: ReadonlyMap<DevicePlace, RememberedDevice>,
  ) {
    this.#ports = ports;
    this.#notes = notes;
    this.#remembered = remembered;
    const timers = systemTimers;
    const { facts, language } = ports;
    this.reader = new KeptReader(this.#keep('reader', CARD_READERS, () => ({ timers, clock: systemClock })));
    const terminal = (): TerminalSettings => ({
      timers,
      now: () => systemClock.now(),
      notes: notes.notes,
      ...facts.settings(),
    });
    this.terminal = new KeptTerminal(this.#keep('terminal', PAYMENT_TERMINALS, terminal));
    this.scanner = new KeptScanner(this.#keep('scanner', SCANNERS, () => ({ timers })));
    this.scale = new KeptScale(this.#keep('scale', SCALES, () => ({ timers })));
    const words = { words: () => POLE_WORDS[language()], plainWords: POLE_WORDS.en };
    this.pole = new KeptDisplay(
      this.#keep(
        'pole',
        POLE_DISPLAYS,
        () => words,
        () => this.#showTrial(),
      ),
    );
    this.tags = new KeptTagReader(this.#keep('tags', TAG_READERS, () => ({ timers })));
    // What a scanner reads is told to whoever wants it now, and kept by nobody: it may be a pay code.
    this.#hear('tags', (tell) => this.tags.onTag(({ uid }) => tell(uid)));
    this.#hear('scale', (tell) =>
      this.scale.onReading(({ state, grams }) => tell(grams === undefined ? state : `${grams} g`)),
    );
  }

  /** Takes up every device this counter had, without asking anyone. */
  static async start(ports: RealPlacesPorts): Promise<RealPlaces> {
    const [notes, ...kept] = await Promise.all([
      VaultedOrderNotes.load(ports.vault),
      ...DEVICE_PLACES.map((place) => ports.vault.get(rememberedKey(place))),
    ]);
    const remembered = new Map<DevicePlace, RememberedDevice>();
    for (const [at, place] of DEVICE_PLACES.entries()) {
      const device = kept[at] as RememberedDevice | null | undefined;
      if (device) remembered.set(place, device);
    }
    const places = new RealPlaces(ports, notes, remembered);
    // One after the other: of two alike devices the first place takes the first, as it did before.
    for (const place of places.#places.values()) await place.kept.start();
    return places;
  }

  /** What takes cards, and whether a person has paired it. */
  get cards(): RealCards {
    const { reader, terminal } = this;
    return {
      reader: { device: reader, isPaired: () => reader.kept.remembered !== undefined },
      terminal: { device: terminal, isPaired: () => terminal.kept.remembered !== undefined },
      hadOrder: (reference) => this.#notes.notes.find(reference) !== undefined,
    };
  }

  get views(): readonly DeviceView[] {
    return DEVICE_PLACES.flatMap((place) => this.#places.get(place)?.view ?? []);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  offers(place: DevicePlace): readonly CableOffer[] {
    return this.#places.get(place)?.offers ?? [];
  }

  async pair(place: DevicePlace, offer: CableOffer): Promise<void> {
    const paired = this.#places.get(place)?.pair(offer);
    if (place === 'terminal') await this.#notes.begin();
    await paired;
    this.#tell();
  }

  async forget(place: DevicePlace): Promise<void> {
    await this.#places.get(place)?.forget();
    this.#tell();
  }

  async reacquire(): Promise<void> {
    for (const place of this.#places.values()) await place.kept.reacquire();
  }

  tryOut(place: DevicePlace): boolean {
    return this.#places.get(place)?.tryOut() ?? false;
  }

  async tryReader(prompt: (prompt: ReaderPrompt) => void, signal: AbortSignal): Promise<ReaderTrial> {
    const { session } = this.reader.kept;
    return session === undefined ? 'failed' : tryReader(session, prompt, signal);
  }

  #keep<Session extends DeviceSession, Settings>(
    place: DevicePlace,
    drivers: readonly DriverEntry<Session, Settings>[],
    settings: () => Settings,
    tryOut?: () => void,
  ): KeptLink<Session, undefined> {
    const { buses, taken, vault, alarm, happened } = this.#ports;
    const remembered = this.#remembered.get(place);
    const kinds = new Set(buses.map(({ kind }) => kind));
    const reachable = kinds.has('serial') ? drivers : drivers.map(overCdc);
    const kept = new KeptLink<Session, undefined>({
      buses,
      drivers: reachable.map(late(settings)),
      settings: undefined,
      timers: systemTimers,
      taken,
      ...(remembered === undefined ? {} : { remembered }),
      remember: (device) => {
        vault.set(rememberedKey(place), device ?? null).catch(alarm);
      },
    });
    const offers = reachable.flatMap(({ id, match }) =>
      [...new Set(match.map(({ bus }) => bus))]
        .filter((bus) => kinds.has(bus))
        .map((bus) => ({ driver: id, bus })),
    );
    const parts = { kept, offers, ...(tryOut === undefined ? {} : { tryOut }) };
    this.#places.set(place, new RealPlace(place, parts, { clock: systemClock, happened }));
    kept.subscribe(() => this.#tell());
    return kept;
  }

  /** What a device says is shown where it is tried out. */
  #hear(place: DevicePlace, listen: (tell: (text: string) => void) => unknown): void {
    listen((text) => {
      this.#places.get(place)?.heard(text);
      this.#tell();
    });
  }

  #showTrial(): void {
    this.pole.kept.session?.show({ show: 'amount', amount: TRIAL, currency: 'CNY' });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
