/** Byte layouts that a USB device describes itself with (USB 2.0, chapter 9.6). Little-endian. */

export const le16 = (value: number): readonly number[] => [value & 0xff, (value >> 8) & 0xff];

export interface DeviceFacts {
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturer: string;
  readonly product: string;
  /** Absent: the device has none, and then a browser's permission does not survive a replug. */
  readonly serial?: string;
  /** Class, subclass, protocol of the whole device; 0 when its interfaces say it. */
  readonly deviceClass?: readonly [number, number, number];
}

/** Indices of the strings in the device descriptor. */
const STRINGS = { manufacturer: 1, product: 2, serial: 3 } as const;
const CONTROL_PACKET_BYTES = 64;

export function deviceDescriptor(facts: DeviceFacts): Uint8Array {
  return Uint8Array.from([
    ...[18, 1, ...le16(0x0200)],
    ...(facts.deviceClass ?? [0, 0, 0]),
    CONTROL_PACKET_BYTES,
    ...le16(facts.vendorId),
    ...le16(facts.productId),
    ...le16(0x0100),
    ...[STRINGS.manufacturer, STRINGS.product, facts.serial === undefined ? 0 : STRINGS.serial, 1],
  ]);
}

/** One configuration with all that follows it. `parts`: interfaces, endpoints and class descriptors in order. */
export function configuration(interfaces: number, parts: readonly (readonly number[])[]): Uint8Array {
  const body = parts.flat();
  return Uint8Array.from([9, 2, ...le16(9 + body.length), interfaces, 1, 0, 0xc0, 50, ...body]);
}

/** `kind`: class, subclass, protocol. */
export const interfaceDescriptor = (
  number: number,
  endpoints: number,
  kind: readonly [number, number, number],
): readonly number[] => [9, 4, number, 0, endpoints, ...kind, 0];

const TRANSFER = { bulk: 2, interrupt: 3 } as const;

/** `address` has bit 7 set for device to host. `intervalMs` is for interrupt endpoints. */
export const endpointDescriptor = (
  address: number,
  type: keyof typeof TRANSFER,
  packetBytes: number,
  intervalMs = 0,
): readonly number[] => [7, 5, address, TRANSFER[type], ...le16(packetBytes), intervalMs];

/** String descriptor `index`, or undefined when there is none. Index 0 is the list of languages: US English. */
export function stringDescriptor(facts: DeviceFacts, index: number): Uint8Array | undefined {
  if (index === 0) return Uint8Array.from([4, 3, ...le16(0x0409)]);
  const text = [facts.manufacturer, facts.product, facts.serial][index - 1];
  if (text === undefined) return undefined;
  const units = Array.from({ length: text.length }, (_, at) => le16(text.charCodeAt(at))).flat();
  return Uint8Array.from([units.length + 2, 3, ...units]);
}

/** Class, subclass and protocol of each interface of a configuration. */
export function interfaceClasses(config: Uint8Array): readonly (readonly number[])[] {
  const classes: (readonly number[])[] = [];
  for (let at = 0; at < config.length; at += Math.max(2, config[at] ?? 2)) {
    if (config[at + 1] === 4) classes.push([...config.subarray(at + 5, at + 8)]);
  }
  return classes;
}
