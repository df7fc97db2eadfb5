import { DeviceError, type DeviceErrorCode } from '../errors.ts';
import { deviceFailure } from './failure.ts';
import type { Bytes, Report, ReportLink } from './transport.ts';

export type InputReportListener = (happening: { readonly reportId: number; readonly data: DataView }) => void;

/** The part of a HIDDevice in use. */
export type HidDevice = Pick<
  HIDDevice,
  | 'opened'
  | 'vendorId'
  | 'productId'
  | 'productName'
  | 'collections'
  | 'open'
  | 'close'
  | 'sendReport'
  | 'sendFeatureReport'
  | 'receiveFeatureReport'
> & {
  addEventListener(type: 'inputreport', listener: InputReportListener): void;
  removeEventListener(type: 'inputreport', listener: InputReportListener): void;
};

/** Input reports kept while nobody reads. More than this and the oldest go: a device that babbles must not fill the memory. */
export const QUEUED_REPORTS_MAX = 1_024;

/** An open HID device. */
export class HidLink implements ReportLink {
  readonly framing = 'report';
  readonly name: string;
  readonly incoming: ReadableStream<Report>;
  readonly lost: Promise<void>;
  readonly #device: HidDevice;
  readonly #queue: Report[] = [];
  #wake: () => void = () => undefined;
  #settleLost: () => void = () => undefined;
  #isLost = false;
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(device: HidDevice) {
    this.#device = device;
    this.name = device.productName.trim();
    this.lost = new Promise((resolve) => {
      this.#settleLost = resolve;
    });
    // Nothing is kept by the stream itself: the queue here is the one with the bound.
    this.incoming = new ReadableStream(
      { pull: (controller) => this.#pull(controller) },
      { highWaterMark: 0 },
    );
  }

  /** Rejects with `no-access` (the system refuses; another program may have it for itself), `busy` or `lost`. */
  static async open(device: HidDevice): Promise<HidLink> {
    // Another link of this page has it: a second one would share its answers.
    if (device.opened) throw new DeviceError('busy', 'the device is open already');
    const link = new HidLink(device);
    // Before opening: a reader may speak at once.
    device.addEventListener('inputreport', link.#heard);
    try {
      await device.open();
    } catch (cause) {
      device.removeEventListener('inputreport', link.#heard);
      throw deviceFailure(cause, 'opening the device', { InvalidStateError: 'busy' });
    }
    return link;
  }

  write({ id, data }: Report): Promise<void> {
    return this.#inTurn('writing a report', 'protocol', () => this.#device.sendReport(id, data));
  }

  sendFeature({ id, data }: Report): Promise<void> {
    return this.#inTurn('writing a feature report', 'refused', () =>
      this.#device.sendFeatureReport(id, data),
    );
  }

  async readFeature(id: number): Promise<Bytes> {
    const read = () => this.#device.receiveFeatureReport(id);
    const view = await this.#inTurn('reading a feature report', 'refused', read);
    return withoutId(bytesOf(view), id, declaredLength(this.#device.collections, id));
  }

  async close(): Promise<void> {
    this.unplugged();
    await this.#device.close().catch(() => undefined);
  }

  /** The bus saw the device go. */
  unplugged(): void {
    this.#isLost = true;
    this.#device.removeEventListener('inputreport', this.#heard);
    this.#settleLost();
    this.#wake();
  }

  readonly #heard: InputReportListener = ({ reportId, data }) => {
    if (this.#queue.length >= QUEUED_REPORTS_MAX) this.#queue.shift();
    this.#queue.push({ id: reportId, data: bytesOf(data) });
    this.#wake();
  };

  async #pull(controller: ReadableStreamDefaultController<Report>): Promise<void> {
    while (this.#queue.length === 0 && !this.#isLost) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const report = this.#queue.shift();
    if (report === undefined) controller.close();
    else controller.enqueue(report);
  }

  /**
   * Reports go out one after the other. `NotAllowedError` is all that WebHID says of a transfer that failed, so the caller
   * names what it means while the device is still there.
   */
  #inTurn<T>(doing: string, failed: DeviceErrorCode, transfer: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(async () => {
      if (this.#isLost) throw new DeviceError('lost', 'the device is gone');
      const gone = this.lost.then(() => Promise.reject(new DeviceError('lost', 'the device is gone')));
      try {
        return await Promise.race([transfer(), gone]);
      } catch (cause) {
        const failure = deviceFailure(cause, doing, { NotAllowedError: failed });
        if (failure.code === 'lost') this.unplugged();
        throw failure;
      }
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}

const bytesOf = (view: DataView): Bytes =>
  Uint8Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));

/** Chromium hands numbered feature reports out with the id byte in front; the specification does not ask for it. */
function withoutId(bytes: Bytes, id: number, declared: number | undefined): Bytes {
  const hasId = id !== 0 && bytes[0] === id && bytes.length !== declared;
  return hasId ? bytes.slice(1) : bytes;
}

/** Length of a feature report by its descriptor, without the id byte; undefined when the descriptor does not name it. */
function declaredLength(collections: readonly HIDCollectionInfo[], id: number): number | undefined {
  for (const { featureReports, children } of collections) {
    const report = featureReports?.find(({ reportId }) => reportId === id);
    if (report !== undefined) {
      const bits = (report.items ?? []).reduce(
        (sum, { reportSize = 0, reportCount = 0 }) => sum + reportSize * reportCount,
        0,
      );
      return Math.ceil(bits / 8);
    }
    const inside = declaredLength(children ?? [], id);
    if (inside !== undefined) return inside;
  }
  return undefined;
}
