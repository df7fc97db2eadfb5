/** Everything that can go wrong between the page and a device, as a closed set the screen has words for. */
export const DEVICE_ERROR_CODES = [
  /** Another program or tab has claimed it. */
  'busy',
  /** The system's own driver holds it, or permission was refused. */
  'no-access',
  /** The link is gone: unplugged, switched off, cable. */
  'lost',
  /** No progress before the deadline. */
  'timeout',
  /** It said something no device of this kind says. */
  'protocol',
  /** It understood and said no. */
  'refused',
  /** This browser or this device cannot do it. */
  'unsupported',
  /** The person closed the chooser without choosing. */
  'not-chosen',
  /** Printer: the roll is at its end. */
  'paper-end',
  /** Printer: the cover is open. */
  'cover-open',
] as const;
export type DeviceErrorCode = (typeof DEVICE_ERROR_CODES)[number];

/** The only error that leaves devices/. `cause` keeps what the browser said. */
export class DeviceError extends Error {
  readonly code: DeviceErrorCode;
  constructor(code: DeviceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DeviceError';
    this.code = code;
  }
}
