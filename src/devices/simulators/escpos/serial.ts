import type { SerialDevice } from '../../transports/serial-link.ts';
import type { SerialApi } from '../../transports/webserial.ts';
import type { SerialCore } from '../browser/cores.ts';
import { FakeSerial, FakeSerialPort } from '../browser/fake-serial.ts';
import type { BufferedPrinter } from './buffered-printer.ts';

type SerialListener = Parameters<SerialApi['addEventListener']>[1];

/** A virtual printer as something at the end of a serial line. DSR and CTS are its 'I can take more'. */
export const printerSerialCore = (printer: BufferedPrinter): SerialCore => ({
  get room() {
    return printer.room;
  },
  receive: (bytes) => void printer.receive(bytes),
  onBytes: (listener) => printer.onReply(listener),
  onRoom: (listener) => printer.onRoom(listener),
});

/** A virtual printer at the end of a serial cable: what `navigator.serial` would hand out for it. */
export class SimulatedSerialPort extends FakeSerialPort {
  readonly printer: BufferedPrinter;

  constructor(printer: BufferedPrinter, info?: SerialPortInfo) {
    super(printerSerialCore(printer), info === undefined ? {} : { info });
    this.printer = printer;
  }
}

/** Stands in for `navigator.serial` with printers only: each keeps its port object, so that a test can hold on to it. */
export class SimulatedSerial implements SerialApi {
  readonly #serial = new FakeSerial();

  plug(port: SimulatedSerialPort, isPermitted?: boolean): void {
    this.#serial.plugPort(port, isPermitted === undefined ? {} : { isPermitted });
  }

  unplug(port: SimulatedSerialPort): void {
    this.#serial.unplug(port.core);
  }

  getPorts(): Promise<SerialDevice[]> {
    return this.#serial.getPorts();
  }

  requestPort(options?: SerialPortRequestOptions): Promise<SerialDevice> {
    return this.#serial.requestPort(options);
  }

  addEventListener(type: 'connect' | 'disconnect', listener: SerialListener): void {
    this.#serial.addEventListener(type, listener);
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: SerialListener): void {
    this.#serial.removeEventListener(type, listener);
  }
}
