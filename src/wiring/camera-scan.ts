import { DeviceError } from '../devices/errors.ts';
import { CameraScanner } from '../devices/inputs/camera/camera-scanner.ts';
import workerUrl from '../devices/inputs/camera/code-reader-worker.ts?worker&url';
import { type NativeDetectorClass, nativeDetector } from '../devices/inputs/camera/native-detector.ts';
import { openCamera } from '../devices/inputs/camera/open-camera.ts';
import { WorkerDetector } from '../devices/inputs/camera/worker-detector.ts';
import type { DeviceTrouble } from '../devices/ports.ts';
import { systemTimers } from '../devices/timers.ts';
import { trusted } from './journal-port.ts';

interface CameraScan {
  readonly video: HTMLVideoElement;
  /** Aborted: the camera is let go, and nothing is told any more. */
  readonly signal: AbortSignal;
  onCode(text: string): void;
  onEnd(trouble: DeviceTrouble): void;
}

const spawn = (): Worker => new Worker(trusted(workerUrl), { type: 'module', name: 'code-reader' });

/** Asks for the camera and looks for codes until it is stopped. Never rejects. */
export async function scanByCamera({ video, signal, onCode, onEnd }: CameraScan): Promise<void> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: NativeDetectorClass };
  try {
    const [stream, native] = await Promise.all([
      openCamera(navigator.mediaDevices),
      nativeDetector(BarcodeDetector),
    ]);
    if (signal.aborted) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    const detector = native ?? new WorkerDetector(spawn, systemTimers, document.createElement('canvas'));
    const now = (): number => performance.now();
    const scanner = new CameraScanner({ video, detector, timers: systemTimers, now, onCode, onEnd });
    signal.addEventListener('abort', () => scanner.stop(), { once: true });
    await scanner.start(stream);
  } catch (cause) {
    if (!signal.aborted) onEnd(cause instanceof DeviceError ? cause.code : 'unsupported');
  }
}
