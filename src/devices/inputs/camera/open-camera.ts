import { DeviceError, type DeviceErrorCode } from '../../errors.ts';

/** The part of `navigator.mediaDevices` in use. */
export type CameraApi = Pick<MediaDevices, 'getUserMedia'>;

const MEANING: Readonly<Record<string, DeviceErrorCode>> = {
  NotAllowedError: 'no-access',
  SecurityError: 'no-access',
  NotReadableError: 'busy',
  AbortError: 'lost',
};

/**
 * Opens the camera that looks away from the cashier, or the only one there is. Asks the person the first time. Rejects with
 * DeviceError `no-access` (refused), `busy` (another program has it) or `unsupported` (there is none).
 */
export async function openCamera(media: CameraApi): Promise<MediaStream> {
  try {
    return await media.getUserMedia({
      audio: false,
      // Wishes, not conditions: a counter has one camera and it looks wherever it looks.
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1_280 }, height: { ideal: 720 } },
    });
  } catch (cause) {
    const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
    throw new DeviceError(MEANING[name] ?? 'unsupported', `opening the camera: ${name || 'failed'}`, {
      cause,
    });
  }
}
