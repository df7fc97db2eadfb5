import { deviceFailure } from './failure.ts';
import type { Bytes, SerialLine } from './transport.ts';
import type { CdcPipes, UsbDevice } from './usb-interface.ts';

// USB CDC PSTN 1.2, table 13.
const SET_LINE_CODING = 0x20;
const SET_CONTROL_LINE_STATE = 0x22;
/** DTR and RTS: many devices say nothing before they see DTR. */
const LINES_UP = 0b11;
const LINES_DOWN = 0;

// USB CDC PSTN 1.2, table 17.
const PARITY = { none: 0, odd: 1, even: 2 } as const;
const STOP_BITS = { 1: 0, 2: 2 } as const;

/** The seven bytes of a line's settings: speed, stop bits, parity, data bits. */
export function lineCoding({ baudRate, dataBits = 8, parity = 'none', stopBits = 1 }: SerialLine): Bytes {
  const bytes = new Uint8Array(7);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, baudRate, true);
  view.setUint8(4, STOP_BITS[stopBits]);
  view.setUint8(5, PARITY[parity]);
  view.setUint8(6, dataBits);
  return bytes;
}

/**
 * Sets the line up on a device whose control interface is claimed. A device that stalls a request has no such setting: a
 * scale with a USB plug of its own has no line behind it. Rejects with DeviceError `lost`.
 */
export async function raiseLine(device: UsbDevice, pipes: CdcPipes, line: SerialLine): Promise<void> {
  try {
    await device.controlTransferOut(request(pipes, SET_LINE_CODING, 0), lineCoding(line));
    await device.controlTransferOut(request(pipes, SET_CONTROL_LINE_STATE, LINES_UP));
  } catch (cause) {
    throw deviceFailure(cause, 'setting the line up', { NetworkError: 'lost' });
  }
}

/** Tells the device that nobody listens any more. Never rejects. */
export async function dropLine(device: UsbDevice, pipes: CdcPipes): Promise<void> {
  await device.controlTransferOut(request(pipes, SET_CONTROL_LINE_STATE, LINES_DOWN)).catch(() => undefined);
}

const request = (
  { controlInterface }: CdcPipes,
  code: number,
  value: number,
): USBControlTransferParameters => ({
  requestType: 'class',
  recipient: 'interface',
  request: code,
  value,
  index: controlInterface,
});
