import type { Message } from './message.ts';
import type { HelpKey } from './zh-cn-help.ts';

/** 說明、第一分鐘、安裝、聲音。 */
export const ZH_TW_HELP: Readonly<Record<HelpKey, Message>> = {
  'help.title': '怎麼用',
  'help.codes': '代碼說明',
  'help.codes-hint': '輸入代碼或幾個字，例如 print.lost、沒有紙',
  'help.codes-why': '螢幕上每個代碼是什麼意思、錢安不安全、能不能再試、該怎麼辦。斷網也能看。',
  'help.codes-none': '找不到這個代碼',
  'help.codes-none-why': '核對一下拼法。還是找不到，就把代碼原樣告訴管伺服器的人。',
  'help.found': '{count} 則',
  'help.all-codes': '全部代碼',
  'help.guide-again': '再帶我做一次第一筆',
  'help.group.print': '列印',
  'help.group.storage': '儲存',
  'help.group.server': '伺服器',
  'help.group.flow': '操作',
  'help.group.payment': '收款與退款',
  'help.group.device': '裝置',
  'help.group.decline': '對方拒絕',
  'help.till.title': '收款',
  'help.till.text':
    '輸入金額，按「收款」。\n好幾樣東西：輸入一樣按一下「記一筆」，也可以用 × 和 + 一次算完，例如 6×2+35.8。\n「優惠」把輸入的金額從整單扣掉。點明細裡的叉去掉一樣，按「放回」能拿回來。\n鍵盤：數字、Enter 收款、F2 記一筆、F4 放回、Esc 清除。',
  'help.tendering.title': '選付款方式',
  'help.tendering.text':
    '先選顧客用什麼付。\n現金：點顧客給的面額，或輸入實收，螢幕會算找零。\n微信、支付寶、雲閃付：掃顧客的付款碼，或讓顧客掃螢幕上的碼。\n一部分現金、一部分掃碼：先輸入這一部分的金額。\n還沒收錢時，可以返回改單。',
  'help.paying.title': '等結果',
  'help.paying.text':
    '照螢幕上說的做，等它自己出結果。\n「結果未知」時不要再收一次：小機會一直查到有結果，可以先接下一位顧客，回頭在「未完成」裡看。',
  'help.refused.title': '沒有收成',
  'help.refused.text': '錢沒有收。看看原因，換一種方式再收，或返回改單。',
  'help.done.title': '已收款',
  'help.done.text':
    '最大的數字是要找給顧客的錢。\n小票沒印出來可以再印，也可以讓顧客掃碼取電子小票。\n按「下一筆」繼續；鍵盤按 Enter，F8 再印一張。',
  'help.asking.title': '上一筆沒有記完',
  'help.asking.text': '看錢箱、問顧客，再照實回答。答完才能收下一筆，這樣不會重收，也不會漏收。',
  'help.unsaved.title': '還沒有存好',
  'help.unsaved.text': '別關頁面。抄下金額和參考號，或列印出來。小機會一直試著存。',
  'help.orders.title': '訂單',
  'help.orders.text':
    '最新的在最上面，斷網也能看。\n找一單：輸入金額，或小票單號、微信支付寶交易號的後幾位；按日期、付款方式、狀態篩選。\n鍵盤：/ 開始找，上下鍵移動，Enter 打開。\n點一單可以看經過、重印小票、退款。',
  'help.order.title': '訂單詳情',
  'help.order.text':
    '左邊是金額和經過：流水帳裡每一則記錄，什麼時候、發生了什麼、誰做的。\n右邊是小票的樣子，和印出來的一樣。\n可以重印（會印「重印」）、加小費、撤銷、退款。錢按原路退回。',
  'help.today.title': '今日',
  'help.today.text':
    '這台機器今天收了多少、退了多少、每種方式各多少。\n「錢箱裡應有」是當日現金，不含開張時放的零錢。\n左右箭頭看別的日子。全店的數在後台。',
  'help.open.title': '未完成',
  'help.open.text':
    '還沒有結果的收款、沒收完的單都在這裡。有結果會自己走；寫著「需要店長」的，要店長核對後決定。',
  'help.authorisations.title': '預授權和餘額',
  'help.authorisations.text': '先凍結一筆錢，以後按實際金額完成，或撤銷凍結。也可以查卡片餘額。',
  'help.devices.title': '裝置',
  'help.devices.text':
    '連印表機、掃描器、刷卡機、秤、客顯。點「連接」，在跳出的視窗裡選它，再試一下。\n掃描器多半不用設定，插上就能掃。\n沒有印表機也能收款：用電子小票或系統列印。',
  'help.settings.title': '設定',
  'help.settings.text': '抹零、自動列印、聲音、語言、明暗；長期保存和安裝；打開後台；換人時鎖定。',
  'help.health.title': '帳本狀態',
  'help.health.text':
    '看這台裝置上的帳是不是好好的：存了幾份、多少還沒上傳、有沒有被伺服器退回。\n可以立即上傳、核對一遍、匯出成檔案。',
  'help.help.title': '代碼說明',
  'help.help.text': '輸入螢幕上的代碼，看它是什麼意思、該怎麼辦。',

  'guide.label': '帶你收第一筆',
  'guide.step': '第 {step} 步，共 {of} 步',
  'guide.amount': '按數字輸入金額，例如 12.5',
  'guide.charge': '按「收款」',
  'guide.take': '點顧客給的錢，或按「現金已收到」',
  'guide.wait': '看螢幕上說的，等一下',
  'guide.done': '收好了！把找零給顧客，按「下一筆」',
  'guide.end': '學會了！',
  'guide.skip': '不用帶',
  'guide.set-up': '開我的店',

  'install.title': '裝到主畫面',
  'install.why': '點圖示就能收款，斷網也能打開',
  'install.go': '安裝',
  'install.later': '以後再說',

  'sound.title': '聲音',
  'sound.mode': '聲音',
  'sound.mode.off': '靜音',
  'sound.volume': '音量',
  'sound.volume.low': '小',
  'sound.volume.middle': '中',
  'sound.volume.high': '大',
  'sound.voice': '收款語音播報',
  'sound.voice-why': '錢確實到了才播報，例如「微信收款 12.50 元」。沒有核實的不播報。',
  'sound.voice-none': '這台裝置沒有自帶這種語言的語音，只有提示音。可以在系統設定裡下載語音。',
  'sound.try': '聽一下',
};
