import { type SerialCore, type UsbCore, usbConfiguration } from './cores.ts';

export interface CdcOptions {
  readonly vendorId?: number;
  readonly productId?: number;
  readonly manufacturerName?: string;
  readonly productName?: string;
  readonly serialNumber?: string;
  readonly packetSize?: number;
}

/** Numbers of the simulated plug. */
export const CDC_OUT = 2;
export const CDC_IN = 3;
const CDC_NOTICE = 1;

// USB CDC PSTN 1.2, section 6.3: the requests that a modem-like interface answers.
const SET_LINE_CODING = 0x20;
const SET_CONTROL_LINE_STATE = 0x22;
const STOP_BITS = [1, 1, 2] as const;
const PARITY = ['none', 'odd', 'even'] as const;

/** A serial device whose own USB plug is CDC-ACM, as most scales and terminals have: what Android sees of it. */
export function cdcCore(serial: SerialCore, options: CdcOptions = {}): UsbCore {
  const packetSize = options.packetSize ?? 64;
  return {
    vendorId: 0x0483,
    productId: 0x5740,
    ...options,
    configurations: [
      usbConfiguration([
        {
          classCode: 0x02,
          subclass: 0x02,
          protocol: 0x01,
          endpoints: [{ endpointNumber: CDC_NOTICE, direction: 'in', type: 'interrupt', packetSize: 8 }],
        },
        {
          classCode: 0x0a,
          endpoints: [
            { endpointNumber: CDC_OUT, direction: 'out', type: 'bulk', packetSize },
            { endpointNumber: CDC_IN, direction: 'in', type: 'bulk', packetSize },
          ],
        },
      ]),
    ],
    get room() {
      return serial.room;
    },
    receive: (_endpoint, bytes) => {
      if (bytes.length > 0) serial.receive(bytes);
    },
    onBytes: (listener) => serial.onBytes((bytes) => listener(CDC_IN, bytes)),
    onRoom: (listener) => serial.onRoom?.(listener) ?? (() => undefined),
    controlOut: ({ request, value, requestType, recipient, index }, bytes) => {
      if (requestType !== 'class' || recipient !== 'interface' || index !== 0) return false;
      if (request === SET_CONTROL_LINE_STATE) {
        serial.driven?.({ dataTerminalReady: (value & 1) !== 0, requestToSend: (value & 2) !== 0 });
        return true;
      }
      if (request !== SET_LINE_CODING || bytes.length !== 7) return false;
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const dataBits = view.getUint8(6);
      serial.opened?.({
        baudRate: view.getUint32(0, true),
        stopBits: STOP_BITS[view.getUint8(4)],
        parity: PARITY[view.getUint8(5)],
        dataBits: dataBits === 7 ? 7 : 8,
      });
      return true;
    },
    powered: (isOn) => serial.powered?.(isOn),
  };
}
