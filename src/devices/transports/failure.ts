import { DeviceError, type DeviceErrorCode } from '../errors.ts';

/**
 * What the DOMException names of WebUSB and Web Serial mean for us. Names, not messages: messages change with the
 * browser's version and language. `NetworkError` depends on the moment, so each caller says what it means there.
 */
const MEANING: Readonly<Record<string, DeviceErrorCode>> = {
  SecurityError: 'no-access',
  NotAllowedError: 'no-access',
  NotFoundError: 'lost',
  InvalidStateError: 'lost',
  AbortError: 'lost',
  NotSupportedError: 'unsupported',
  TimeoutError: 'timeout',
  DataError: 'protocol',
  // Web Serial: the line itself complained.
  BreakError: 'protocol',
  FramingError: 'protocol',
  ParityError: 'protocol',
  BufferOverrunError: 'protocol',
};

/** The DeviceError for whatever the browser threw. `differently` overrides the meaning of names at this place. */
export function deviceFailure(
  cause: unknown,
  doing: string,
  differently: Readonly<Record<string, DeviceErrorCode>> = {},
): DeviceError {
  if (cause instanceof DeviceError) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  return new DeviceError(differently[name] ?? MEANING[name] ?? 'lost', `${doing}: ${name || 'failed'}`, {
    cause,
  });
}
