import type { ControlSetup, UsbCore } from '../../src/devices/simulators/browser/cores.ts';
import { configuration, endpointDescriptor, interfaceDescriptor } from './descriptors.ts';
import { type Setup, Stall, UsbDevice } from './usb-device.ts';

const TYPES = ['standard', 'class', 'vendor'] as const;
const RECIPIENTS = ['device', 'interface', 'endpoint', 'other'] as const;
/** How often the host asks an interrupt endpoint. */
const INTERVAL_MS = 8;

/** A simulated device that has its own endpoints, behind a USB cable. What it has no room for is NAK, so the host waits. */
export class UsbShell extends UsbDevice {
  readonly core: UsbCore;
  readonly #packetBytes: ReadonlyMap<number, number>;

  constructor(core: UsbCore) {
    const interfaces = (core.configurations[0]?.interfaces ?? []).map(({ alternate }) => alternate);
    const parts = interfaces.flatMap(
      ({ interfaceClass, interfaceSubclass, interfaceProtocol, endpoints }, number) => [
        interfaceDescriptor(number, endpoints.length, [interfaceClass, interfaceSubclass, interfaceProtocol]),
        ...endpoints.map(({ endpointNumber, direction, type, packetSize }) =>
          endpointDescriptor(
            direction === 'in' ? endpointNumber | 0x80 : endpointNumber,
            type === 'interrupt' ? 'interrupt' : 'bulk',
            packetSize,
            type === 'interrupt' ? INTERVAL_MS : 0,
          ),
        ),
      ],
    );
    const { vendorId, productId, manufacturerName = '', productName = '', serialNumber: serial } = core;
    super(
      {
        ...{ vendorId, productId, manufacturer: manufacturerName, product: productName },
        ...(serial === undefined ? {} : { serial }),
      },
      configuration(interfaces.length, parts),
    );
    this.core = core;
    const outs = interfaces.flatMap(({ endpoints }) =>
      endpoints.filter(({ direction }) => direction === 'out'),
    );
    this.#packetBytes = new Map(outs.map((each) => [each.endpointNumber, each.packetSize]));
    core.onBytes((endpoint, bytes) => this.say(endpoint, bytes));
  }

  protected override classRequest(setup: Setup, data: Uint8Array): Uint8Array {
    const request: ControlSetup = {
      requestType: TYPES[(setup.type >> 5) & 3] ?? 'vendor',
      recipient: RECIPIENTS[setup.type & 3] ?? 'other',
      request: setup.request,
      value: setup.value,
      index: setup.index,
    };
    const isIn = (setup.type & 0x80) !== 0;
    const answer = isIn
      ? this.core.controlIn?.(request, setup.length)
      : this.core.controlOut?.(request, Uint8Array.from(data)) === true
        ? new Uint8Array(0)
        : undefined;
    if (answer === undefined) throw new Stall();
    return answer;
  }

  /** Packet by packet, so that a cable pulled in the middle leaves half of it behind. */
  protected override async take(endpoint: number, data: Uint8Array, signal: AbortSignal): Promise<void> {
    const most = this.#packetBytes.get(endpoint) ?? 64;
    if (data.length === 0) this.core.receive(endpoint, new Uint8Array(0));
    for (let at = 0; at < data.length && !signal.aborted; ) {
      const part = data.subarray(at, at + Math.min(most, this.core.room ?? most));
      if (part.length === 0) await untilRoom(this.core, signal);
      else this.core.receive(endpoint, Uint8Array.from(part));
      at += part.length;
    }
  }

  protected override powered(isOn: boolean): void {
    this.core.powered?.(isOn);
  }
}

/** Resolves when the core says that it has room again, or the transfer was given up. */
export function untilRoom(
  core: { onRoom?(listener: () => void): () => void },
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.onRoom?.(() => go()) ?? (() => undefined);
    const go = (): void => {
      stop();
      signal.removeEventListener('abort', go);
      resolve();
    };
    signal.addEventListener('abort', go);
  });
}
