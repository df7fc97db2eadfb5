import { attachWedge } from '../../devices/inputs/wedge/wedge.ts';
import type { DeviceTrouble, ReaderPrompt } from '../../devices/ports.ts';
import { systemTimers } from '../../devices/timers.ts';
import {
  type CounterDevices,
  DEVICE_PLACES,
  type DeviceField,
  type DeviceFieldValues,
  type DeviceOffer,
  type DevicePlace,
  type DeviceView,
  type ReaderTrial,
  type ScanHeard,
  type WayView,
} from '../../flow/counter-devices.ts';
import { Store } from '../../flow/store.ts';

const OFFERS: Readonly<Record<DevicePlace, readonly DeviceOffer[]>> = {
  reader: [
    { driver: 'mms', bus: 'hid' },
    { driver: 'neo2', bus: 'hid' },
  ],
  terminal: [
    { driver: 'zvt', bus: 'serial' },
    { driver: 'ecrhub', bus: 'serial' },
  ],
  scanner: [{ driver: 'scanner-hid', bus: 'hid' }],
  scale: [{ driver: 'scale-continuous', bus: 'serial' }],
  pole: [{ driver: 'pole-cd5220', bus: 'serial' }],
  tags: [
    { driver: 'web-nfc', bus: 'nfc' },
    { driver: 'pn532', bus: 'serial' },
  ],
};

const WAYS: Readonly<Record<DevicePlace | 'printer', readonly WayView[]>> = {
  printer: [{ way: 'usb' }, { way: 'serial' }, { way: 'bluetooth' }],
  reader: [{ way: 'hid' }, { way: 'serial' }],
  terminal: [{ way: 'serial' }],
  scanner: [{ way: 'camera' }, { way: 'hid' }, { way: 'serial' }],
  scale: [{ way: 'serial' }],
  pole: [{ way: 'serial' }],
  tags: [{ way: 'nfc' }, { way: 'serial' }],
};

/** A counter in memory: what a page asks of it is written down. */
export class FakeCounter implements CounterDevices {
  readonly calls: string[] = [];
  readonly board = new Store<readonly DeviceView[]>(
    DEVICE_PLACES.map((place) => ({ place, link: 'absent', name: '', simulated: false })),
  );
  readonly fields = new Store<DeviceFieldValues>({});
  /** What this browser says of its ways: all of them are there unless a test says otherwise. */
  way: (way: WayView['way']) => Omit<WayView, 'way'> = () => ({});
  /** How the next card that is tried ends; undefined: it waits for its signal. */
  trial: ReaderTrial | undefined = 'read';
  /** How the camera ends at once, if it does. */
  cameraTrouble: DeviceTrouble | undefined;
  readonly #scanned = new Set<(heard: ScanHeard) => void>();
  /** How the next pairing ends. */
  problem: Awaited<ReturnType<CounterDevices['pair']>>;

  set(place: DevicePlace, more: Partial<DeviceView>): void {
    this.board.set(this.board.value.map((view) => (view.place === place ? { ...view, ...more } : view)));
  }

  ways(place: DevicePlace | 'printer'): readonly WayView[] {
    return WAYS[place].map((each) => ({ ...each, ...this.way(each.way) }));
  }

  offers(place: DevicePlace): readonly DeviceOffer[] {
    return OFFERS[place].filter(({ bus }) => this.way(bus).absence === undefined);
  }

  async tryReader(prompt: (prompt: ReaderPrompt) => void, signal: AbortSignal): Promise<ReaderTrial> {
    prompt('present-card');
    if (this.trial !== undefined) return this.trial;
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve('cancelled')));
  }

  scanByCamera(video: HTMLVideoElement, ended: (trouble: DeviceTrouble) => void): () => void {
    this.calls.push('camera on');
    if (this.cameraTrouble === undefined) video.dispatchEvent(new Event('playing'));
    else ended(this.cameraTrouble);
    return () => this.calls.push('camera off');
  }

  async pair(place: DevicePlace, { driver, bus }: DeviceOffer): ReturnType<CounterDevices['pair']> {
    this.calls.push(`pair ${place} ${driver} ${bus}`);
    if (this.problem === undefined) this.set(place, { link: 'connected', driver });
    return this.problem;
  }

  async forget(place: DevicePlace): Promise<void> {
    this.calls.push(`forget ${place}`);
    this.board.set(
      this.board.value.map((view) =>
        view.place === place ? { place, link: 'absent', name: '', simulated: false } : view,
      ),
    );
  }

  async reacquire(): Promise<void> {
    this.calls.push('reacquire');
  }

  tryOut(place: DevicePlace): boolean {
    this.calls.push(`try ${place}`);
    return true;
  }

  async enter(field: DeviceField, value: string): Promise<void> {
    this.fields.set({ ...this.fields.value, [field]: value });
  }

  /** With a real keyboard wedge: pages are tested with the keys that a scanner types. */
  onScan(listener: (heard: ScanHeard) => void): () => void {
    this.#scanned.add(listener);
    const stop = attachWedge({
      target: window,
      timers: systemTimers,
      onScan: (text, leaked) => listener({ kind: 'code', text, leaked: leaked !== '' }),
      onUnclear: () => listener({ kind: 'unclear' }),
    });
    return () => {
      stop();
      this.#scanned.delete(listener);
    };
  }

  scan(heard: ScanHeard | string): void {
    const said: ScanHeard = typeof heard === 'string' ? { kind: 'code', text: heard, leaked: false } : heard;
    for (const listener of [...this.#scanned]) listener(said);
  }

  report(): string {
    return '{}';
  }
}
