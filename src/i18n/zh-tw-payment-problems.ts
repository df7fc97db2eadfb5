import type { ErrorText } from './error-codes.ts';
import type { PaymentProblemTexts } from './payment-problems.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

/** Why a payment flow said no. */
export const ZH_TW_PAYMENT_PROBLEMS: PaymentProblemTexts = {
  'too-little': say('收得不夠', '實收比應收少。', '補足再確認。'),
  'part-range': say('金額不對', '分開付的一份要大於零，不能比還欠的多。', '重新輸入這次收多少。'),
  'account-missing': say('還沒有寫帳戶', '不知道記在誰的帳上。', '寫上姓名或帳號再確認。'),
  'not-a-pay-code': say(
    '這不是付款碼',
    '掃到的可能是商品條碼或別的碼，沒有送出去。',
    '請顧客打開付款碼再掃。',
  ),
  offline: say('離線', '這種方式要連上網路，現在送不出去。', '收現金，或等網路恢復。'),
  'no-device': say('沒有裝置', '讀卡機或刷卡機沒有連接。', '看看電源和線，或換一種方式。'),
  'not-offered': say('沒有開通', '店裡還沒有開通這種方式。', '換一種方式；要開通請找管後台的人。'),
  'cap-sale': say('超過單筆限額', '離線時一筆不能收這麼多。', '分開付、收現金，或等網路恢復。'),
  'cap-sum': say('離線額度用完', '離線時能收的總額已經滿了。', '收現金，或等網路恢復。'),
  'cap-count': say('離線筆數用完', '離線時能收的筆數已經滿了。', '收現金，或等網路恢復。'),
  'cap-age': say('離線太久', '離線已經太久，沒有核實的錢不能再收。', '收現金，先讓小機連上網路。'),
  'cap-static': say('超過靜態碼限額', '靜態碼一次不能收這麼多。', '出示 QR Code 或掃顧客的付款碼。'),
  emergency: say('緊急中只收現金', '資料庫打不開，別的方式記不牢。', '收現金；照狀態頁恢復。'),
  'part-paid': say('已經收了一部分', '這一單收過錢，不能直接離開。', '繼續收完，先放著，或退回已收的。'),
  'money-not-back': say(
    '有的錢沒有退回',
    '退已收的錢時有一筆沒有成功。',
    '再按一次「不賣了，退回已收的」，或請店長處理。',
  ),
  'attempt-open': say(
    '上一次還沒有結果',
    '這一單有一筆付款結果未知，再收就可能收兩次。',
    '等它查清楚；可以先放著，接待下一位。',
  ),
  'too-many-open': say(
    '未知的太多了',
    '同時有太多付款沒有結果，管道可能壞了。',
    '先收現金；到「未完成」看看。',
  ),
  'not-stored': say('沒有記下來', '記帳失敗，所以什麼都沒有送出去。', '再試一次；還不行就看「機器狀態」。'),
  'wrong-pin': say('PIN 不對', '沒有人用這個 PIN。', '再輸入一次。'),
  'pin-wait': say('錯得太多了', '為了安全要等一下。', '過一下再輸入。'),
  forbidden: say('這個人也不能', '這個 PIN 的人沒有這項權限。', '請店長或店主來輸入。'),
  'evidence-missing': say('還沒有寫證據', '以後對帳要靠這一句。', '寫下銀行或帳單上怎麼說，再選結果。'),
  'not-stuck': say('已經有結果了', '這一筆剛剛自己查清楚了。', '返回看看結果。'),
  'tip-not-possible': say(
    '不能加小費',
    '只有信用卡收款能加一次小費，不能比收款多。',
    '改小金額，或請顧客另付。',
  ),
  'more-than-held': say('比凍結的多', '完成金額最多是預授權的 115%。', '改小金額。'),
  'authorisation-unknown': say('找不到這筆預授權', '這台收銀台上沒有它。', '返回列表再選。'),
  'authorisation-moved': say(
    '它已經變了',
    '這筆預授權剛剛完成、撤銷，或正在處理。',
    '返回列表看看現在的狀態。',
  ),
  'balance-unknown': say('沒有查到餘額', '銀行沒有說。', '再試一次，或請顧客問銀行。'),
  'card-not-read': say('沒有讀到卡', '顧客沒有出示卡，或讀卡失敗。', '再試一次。'),
  'nothing-left': say('已經退完了', '這一單沒有可以再退的錢。', '看退款紀錄。'),
  'nothing-chosen': say('還沒有選', '沒有選要退的東西或金額。', '選好再退。'),
  'line-unknown': say('沒有這一行', '這一單裡沒有它。', '重新選。'),
  'more-than-line': say('比買的多', '這一行沒有那麼多可以退。', '改小數量。'),
  'more-than-paid': say('比付的多', '退的不能比收的多。', '改小金額。'),
  'too-many-refunds': say('退的次數太多', '一單最多退 50 次。', '剩下的請到後台處理。'),
  'sale-unknown': say('沒有這一單', '這台收銀台上沒有它。', '到收這一單的收銀台上退。'),
};
