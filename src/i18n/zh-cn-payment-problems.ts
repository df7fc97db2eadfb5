import type { ErrorText } from './error-codes.ts';
import type { PaymentProblemTexts } from './payment-problems.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

/** 收款时被拒绝的原因。 Why a payment flow said no. */
export const ZH_CN_PAYMENT_PROBLEMS: PaymentProblemTexts = {
  'too-little': say('收得不够', '实收比应收少。', '补足再确认。'),
  'part-range': say('金额不对', '分开付的一份要大于零，不能比还欠的多。', '重新输入这次收多少。'),
  'account-missing': say('还没有写账户', '不知道记在谁的账上。', '写上姓名或账号再确认。'),
  'not-a-pay-code': say(
    '这不是付款码',
    '扫到的可能是商品条码或别的码，没有发出去。',
    '请顾客打开付款码再扫。',
  ),
  offline: say('断网', '这种方式要联网，现在发不出去。', '收现金，或等网络恢复。'),
  'no-device': say('没有设备', '读卡器或终端没有连接。', '看看电源和线，或换一种方式。'),
  'not-offered': say('没有开通', '店里还没有开通这种方式。', '换一种方式；要开通请找管后台的人。'),
  'cap-sale': say('超过单笔限额', '断网时一笔不能收这么多。', '分开付、收现金，或等网络恢复。'),
  'cap-sum': say('离线额度用完', '断网时能收的总额已经满了。', '收现金，或等网络恢复。'),
  'cap-count': say('离线笔数用完', '断网时能收的笔数已经满了。', '收现金，或等网络恢复。'),
  'cap-age': say('离线太久', '断网已经太久，没有核实的钱不能再收。', '收现金，先让小机连上网。'),
  'cap-static': say('超过静态码限额', '静态码一次不能收这么多。', '出示二维码或扫顾客的付款码。'),
  emergency: say('应急中只收现金', '数据库打不开，别的方式记不牢。', '收现金；按状态页恢复。'),
  'part-paid': say('已经收了一部分', '这一单收过钱，不能直接离开。', '继续收完，先放着，或退回已收的。'),
  'money-not-back': say(
    '有的钱没有退回',
    '退已收的钱时有一笔没有成功。',
    '再点一次「不卖了，退回已收的」，或请店长处理。',
  ),
  'attempt-open': say(
    '上一次还没有结果',
    '这一单有一笔付款结果未知，再收就可能收两次。',
    '等它查清；可以先放着，接待下一位。',
  ),
  'too-many-open': say(
    '未知的太多了',
    '同时有太多付款没有结果，通道可能坏了。',
    '先收现金；到「未完成」看看。',
  ),
  'not-stored': say('没有记下来', '记账失败，所以什么都没有发出去。', '再试一次；还不行看「机器状态」。'),
  'wrong-pin': say('PIN 不对', '没有人用这个 PIN。', '再输一遍。'),
  'pin-wait': say('错得太多了', '为了安全要等一会儿。', '过一会儿再输。'),
  forbidden: say('这个人也不能', '这个 PIN 的人没有这项权限。', '请店长或店主来输。'),
  'evidence-missing': say('还没有写证据', '以后对账要靠这一句。', '写下银行或账单上怎么说，再选结果。'),
  'not-stuck': say('已经有结果了', '这一笔刚刚自己查清了。', '返回看看结果。'),
  'tip-not-possible': say(
    '不能加小费',
    '只有银行卡收款能加一次小费，不能比收款多。',
    '改小金额，或请顾客另付。',
  ),
  'more-than-held': say('比冻结的多', '完成金额最多是预授权的 115%。', '改小金额。'),
  'authorisation-unknown': say('找不到这笔预授权', '这台收银台上没有它。', '返回列表再选。'),
  'authorisation-moved': say(
    '它已经变了',
    '这笔预授权刚刚完成、撤销，或正在处理。',
    '返回列表看看现在的状态。',
  ),
  'balance-unknown': say('没有查到余额', '银行没有说。', '再试一次，或请顾客问银行。'),
  'card-not-read': say('没有读到卡', '顾客没有出示卡，或读卡失败。', '再试一次。'),
  'nothing-left': say('已经退完了', '这一单没有可以再退的钱。', '看退款记录。'),
  'nothing-chosen': say('还没有选', '没有选要退的东西或金额。', '选好再退。'),
  'line-unknown': say('没有这一行', '这一单里没有它。', '重新选。'),
  'more-than-line': say('比买的多', '这一行没有那么多可以退。', '改小数量。'),
  'more-than-paid': say('比付的多', '退的不能比收的多。', '改小金额。'),
  'too-many-refunds': say('退的次数太多', '一单最多退 50 次。', '剩下的请到后台处理。'),
  'sale-unknown': say('没有这一单', '这台收银台上没有它。', '到收这一单的收银台上退。'),
};
