import type { Language } from '../domain/shop.ts';
import type { ErrorText } from './error-codes.ts';

/** Codes of a device's trouble, but those that only a printer has: these are explained with printing. */
export type DeviceProblem =
  | 'busy'
  | 'no-access'
  | 'lost'
  | 'timeout'
  | 'protocol'
  | 'refused'
  | 'unsupported'
  | 'not-chosen'
  | 'camera-no-access'
  | 'camera-busy'
  | 'camera-unsupported'
  | 'nfc-no-access';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

/** Why a device beside the printer cannot be used, and what to do. */
export const DEVICE_PROBLEMS: Readonly<Record<Language, Readonly<Record<DeviceProblem, ErrorText>>>> = {
  'zh-CN': {
    busy: say(
      '设备被占用',
      '别的程序或窗口正在用它，或者它已经接在这里的另一个位置。',
      '关掉那个程序或窗口，再找一次。',
    ),
    'no-access': say(
      '系统不让用这台设备',
      '系统自己的驱动占着它，或者没有给权限。',
      'Windows：给它换 WinUSB 驱动，或用厂家的虚拟串口再选「串口」。Linux：装上说明里的 udev 规则。然后重新连接并允许。',
    ),
    lost: say(
      '设备断开了',
      '线松了、断电了，或者它自己关了。',
      '插好线和电源，会自动接上；没接上就再找一次。',
    ),
    timeout: say('设备没有回答', '等了很久没有回音。', '看看它的电源和屏幕，拔下来重新插一次。'),
    protocol: say('设备答非所问', '它说的不是所选协议的话。', '换一种协议再连接；串口设备检查波特率。'),
    refused: say('设备拒绝了', '它听懂了，但是不做。', '看它屏幕上的提示；刷卡器可能要由收单机构设置。'),
    unsupported: say(
      '接不了这台设备',
      '这个浏览器没有这条路，或者没有适合它的驱动。',
      '换 Chrome 或 Edge，或按说明里的型号换一台。',
    ),
    'not-chosen': say('没有选设备', '选择窗口被关掉了。', '再点一次连接，选中设备。'),
    'camera-no-access': say(
      '没有允许用摄像头',
      '浏览器或系统不让本页用摄像头。',
      '点地址栏左边的图标，把「摄像头」改成允许；手机还要在系统设置里允许浏览器用摄像头。',
    ),
    'camera-busy': say('摄像头被占用', '别的程序正在用它。', '关掉那个程序，再试一次。'),
    'camera-unsupported': say(
      '摄像头用不了',
      '这台设备没有摄像头，或者画面放不出来。',
      '换一台带后置摄像头的手机或平板，或者接一把扫码枪。',
    ),
    'nfc-no-access': say(
      '没有允许读卡，或 NFC 关着',
      '手机的 NFC 没有打开，或者浏览器问的时候没有允许。',
      '在手机设置里打开 NFC，再点「开始读卡」并选「允许」。',
    ),
  },
  en: {
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
    'not-chosen': say(
      'No device was chosen',
      'The chooser was closed.',
      'Press Connect again and choose it.',
    ),
    'camera-no-access': say(
      'The camera was not allowed',
      'The browser or the system keeps this page from it.',
      "Press the sign left of the address and allow the camera; on a phone allow it for the browser in the system's settings too.",
    ),
    'camera-busy': say(
      'The camera is in use',
      'Another program has it.',
      'Close that program and try again.',
    ),
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
  },
};

const isDeviceProblem = (code: string): code is DeviceProblem =>
  Object.hasOwn(DEVICE_PROBLEMS['zh-CN'], code);

/** The code as it is explained: some of the camera and of a phone's NFC have words of their own. Undefined: a printer's. */
export function deviceProblem(code: string, way?: 'camera' | 'nfc'): DeviceProblem | undefined {
  return [`${way}-${code}`, code].find(isDeviceProblem);
}
