/** Codes of a device's trouble, but those that only a printer has: these are explained with printing. */
export const DEVICE_PROBLEM_CODES = [
  'busy',
  'no-access',
  'lost',
  'timeout',
  'protocol',
  'refused',
  'unsupported',
  'not-chosen',
  'camera-no-access',
  'camera-busy',
  'camera-unsupported',
  'nfc-no-access',
] as const;

export type DeviceProblem = (typeof DEVICE_PROBLEM_CODES)[number];

/** The code as it is explained: some of the camera and of a phone's NFC have words of their own. Undefined: a printer's. */
export function deviceProblem(code: string, way?: 'camera' | 'nfc'): DeviceProblem | undefined {
  return (
    DEVICE_PROBLEM_CODES.find((each) => each === `${way}-${code}`) ??
    DEVICE_PROBLEM_CODES.find((each) => each === code)
  );
}
