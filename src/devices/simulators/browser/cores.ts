/** What the fakes move. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A simulated device without its plug. The fakes of this folder put it behind the browser's API; the kernel lab puts the same
 * object behind a real USB cable. Plain objects and classes: no browser type is needed to write one.
 */
export interface HidCore {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  /** Top-level collections as `HIDDevice.collections` shows them; `hidCollection` makes the usual one. */
  readonly collections: readonly HIDCollectionInfo[];
  /** The same for every interface of one piece of metal: the chooser hands all of them out together. */
  readonly physicalId?: string;
  /** An output report from the page, without its id byte. `id` is 0 where the device numbers none. Throw to refuse it. */
  receiveReport(id: number, bytes: Bytes): void;
  /** A feature report from the page, without its id byte. Throw to refuse it. */
  receiveFeature(id: number, bytes: Bytes): void;
  /** The feature report that the page asks for, without its id byte. Throw to refuse it. */
  readFeature(id: number): Bytes;
  /** Calls `listener` with every input report from now on, without its id byte; returns the function that stops it. */
  onReport(listener: (id: number, bytes: Bytes) => void): () => void;
  /** Power from the bus comes and goes: most devices forget what they were doing. */
  powered?(isOn: boolean): void;
}

/** A simulated device at the end of a serial line. */
export interface SerialCore {
  /** Bytes from the page, at most `room` of them. */
  receive(bytes: Bytes): void;
  /** Calls `listener` with every piece that the device says; returns the function that stops it. */
  onBytes(listener: (bytes: Bytes) => void): () => void;
  /** How many bytes it takes now. Absent: any number, always. */
  readonly room?: number | undefined;
  /** Calls `listener` when `room` has grown. Needed together with `room`. */
  onRoom?(listener: () => void): () => void;
  /** The lines that the device drives. Absent: clear to send and data set ready. */
  readonly signals?: Partial<SerialInputSignals>;
  /** The page opened the line like this. */
  opened?(line: SerialOptions): void;
  /** The lines that the page drives. */
  driven?(lines: SerialOutputSignals): void;
  powered?(isOn: boolean): void;
}

/** A control transfer as WebUSB hands it over. */
export type ControlSetup = USBControlTransferParameters;

/** A simulated USB device below the class drivers: endpoints and control transfers. */
export interface UsbCore {
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturerName?: string;
  readonly productName?: string;
  readonly serialNumber?: string;
  /** The descriptors; `usbConfiguration` makes them from interfaces. */
  readonly configurations: USBConfiguration[];
  /** A bulk or interrupt transfer from the page, at most `room` bytes at once. An empty one is a zero-length packet. */
  receive(endpoint: number, bytes: Bytes): void;
  /** Calls `listener` with what the device puts on an endpoint towards the page. */
  onBytes(listener: (endpoint: number, bytes: Bytes) => void): () => void;
  /** How many bytes the device takes now; with none it answers NAK and the transfer waits. Absent: any number. */
  readonly room?: number | undefined;
  onRoom?(listener: () => void): () => void;
  /** A control transfer from the page with its data. Absent or false: the device stalls it. */
  controlOut?(setup: ControlSetup, bytes: Bytes): boolean;
  /** A control transfer to the page. Undefined: the device stalls it. */
  controlIn?(setup: ControlSetup, length: number): Bytes | undefined;
  powered?(isOn: boolean): void;
}

/** One top-level collection whose reports are plain bytes: pairs of report id and length without the id byte. */
export function hidCollection(options: {
  readonly usagePage: number;
  readonly usage: number;
  readonly input?: readonly (readonly [id: number, length: number])[];
  readonly output?: readonly (readonly [id: number, length: number])[];
  readonly feature?: readonly (readonly [id: number, length: number])[];
}): HIDCollectionInfo {
  const reports = (each: readonly (readonly [number, number])[] = []): HIDReportInfo[] =>
    each.map(([reportId, reportCount]) => ({ reportId, items: [{ reportSize: 8, reportCount }] }));
  return {
    usagePage: options.usagePage,
    usage: options.usage,
    type: 1,
    children: [],
    inputReports: reports(options.input),
    outputReports: reports(options.output),
    featureReports: reports(options.feature),
  };
}

export interface UsbInterfaceShape {
  readonly classCode: number;
  readonly subclass?: number;
  readonly protocol?: number;
  readonly endpoints: readonly USBEndpoint[];
}

/** One configuration with a single setting for each interface, numbered in order. */
export function usbConfiguration(interfaces: readonly UsbInterfaceShape[]): USBConfiguration {
  return {
    configurationValue: 1,
    configurationName: null,
    interfaces: interfaces.map((shape, interfaceNumber) => {
      const alternate: USBAlternateInterface = {
        alternateSetting: 0,
        interfaceName: null,
        interfaceClass: shape.classCode,
        interfaceSubclass: shape.subclass ?? 0,
        interfaceProtocol: shape.protocol ?? 0,
        endpoints: [...shape.endpoints],
      };
      return { interfaceNumber, alternate, alternates: [alternate], claimed: false };
    }),
  };
}
