import type { DeviceProblem } from './device-problems.ts';
import type { ErrorText } from './error-codes.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

/** Why a device beside the printer cannot be used, and what to do. */
export const ZH_CN_DEVICE_PROBLEMS: Readonly<Record<DeviceProblem, ErrorText>> = {
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
  lost: say('设备断开了', '线松了、断电了，或者它自己关了。', '插好线和电源，会自动接上；没接上就再找一次。'),
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
};
