import type { DeviceProblem } from './device-problems.ts';
import type { ErrorText } from './error-codes.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

/** Why a device beside the printer cannot be used, and what to do. */
export const ZH_TW_DEVICE_PROBLEMS: Readonly<Record<DeviceProblem, ErrorText>> = {
  busy: say(
    '裝置被佔用',
    '別的程式或視窗正在用它，或者它已經接在這裡的另一個位置。',
    '關掉那個程式或視窗，再找一次。',
  ),
  'no-access': say(
    '系統不讓用這台裝置',
    '系統自己的驅動程式佔著它，或者沒有給權限。',
    'Windows：把它換成 WinUSB 驅動程式，或用廠商的虛擬序列埠再選「序列埠」。Linux：加上說明裡的 udev 規則。然後重新連接並允許。',
  ),
  lost: say(
    '裝置斷線了',
    '線鬆了、斷電了，或者它自己關機了。',
    '插好線和電源，會自動接上；沒接上就再找一次。',
  ),
  timeout: say('裝置沒有回答', '等了很久沒有回應。', '看看它的電源和螢幕，拔下來重新插一次。'),
  protocol: say(
    '裝置答非所問',
    '它說的不是所選通訊協定的話。',
    '換一種通訊協定再連接；序列埠裝置請檢查鮑率。',
  ),
  refused: say('裝置拒絕了', '它聽懂了，但是不做。', '看它螢幕上的提示；讀卡機可能要由收單銀行設定。'),
  unsupported: say(
    '接不了這台裝置',
    '這個瀏覽器沒有這條路，或者沒有適合它的驅動程式。',
    '換 Chrome 或 Edge，或照說明裡的型號換一台。',
  ),
  'not-chosen': say('沒有選裝置', '選擇視窗被關掉了。', '再按一次「連接」，選擇裝置。'),
  'camera-no-access': say(
    '沒有允許使用相機',
    '瀏覽器或系統不讓本頁用相機。',
    '按網址列左邊的圖示，把「相機」改成允許；手機還要在系統設定裡允許瀏覽器用相機。',
  ),
  'camera-busy': say('相機被佔用', '別的程式正在用它。', '關掉那個程式，再試一次。'),
  'camera-unsupported': say(
    '相機用不了',
    '這台裝置沒有相機，或者畫面無法顯示。',
    '換一台有後鏡頭的手機或平板，或者接一支掃描槍。',
  ),
  'nfc-no-access': say(
    '沒有允許讀卡，或 NFC 關著',
    '手機的 NFC 沒有開啟，或者瀏覽器詢問時沒有允許。',
    '在手機設定裡開啟 NFC，再按「開始讀卡」並選「允許」。',
  ),
};
