import type { DeviceProblem } from './device-problems.ts';
import type { ErrorText } from './error-codes.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

/** Why a device beside the printer cannot be used, and what to do. */
export const EN_DEVICE_PROBLEMS: Readonly<Record<DeviceProblem, ErrorText>> = {
  busy: say(
    'The device is in use',
    'Another program or window has it, or it serves another place here already.',
    'Close that program or window and look again.',
  ),
  'no-access': say(
    'The system does not let the page use it',
    "The system's own driver holds it, or permission was refused.",
    "Windows: give it the WinUSB driver, or use the maker's virtual serial port and choose Serial. Linux: install the udev rule of the guide. Then connect again and allow it.",
  ),
  lost: say(
    'The device is gone',
    'The cable is loose, the power is off, or it switched itself off.',
    'See to cable and power: it comes back by itself. If not, look again.',
  ),
  timeout: say(
    'The device does not answer',
    'Nothing came back for a long time.',
    'Look at its power and screen; unplug it and plug it in again.',
  ),
  protocol: say(
    'The device speaks another language',
    'What it says does not fit the protocol that was chosen.',
    'Connect it with another protocol; on a serial line check the baud rate.',
  ),
  refused: say(
    'The device said no',
    'It understood and will not do it.',
    'See what its screen says; a reader may need its acquirer to set it up.',
  ),
  unsupported: say(
    'This device cannot be connected',
    'This browser has no way to it, or there is no driver for it.',
    'Use Chrome or Edge, or take one of the models in the guide.',
  ),
  'not-chosen': say('No device was chosen', 'The chooser was closed.', 'Press Connect again and choose it.'),
  'camera-no-access': say(
    'The camera was not allowed',
    'The browser or the system keeps this page from it.',
    "Press the sign left of the address and allow the camera; on a phone allow it for the browser in the system's settings too.",
  ),
  'camera-busy': say('The camera is in use', 'Another program has it.', 'Close that program and try again.'),
  'camera-unsupported': say(
    'The camera cannot be used',
    'This device has none, or its picture cannot be shown.',
    'Use a phone or tablet with a camera at its back, or connect a bar code scanner.',
  ),
  'nfc-no-access': say(
    'Reading tags was not allowed, or NFC is off',
    "The phone's NFC is switched off, or the browser's question was refused.",
    "Switch NFC on in the phone's settings, press Start reading again and allow it.",
  ),
};
