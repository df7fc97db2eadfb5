import type { Message } from './message.ts';

/** 帮助、第一分钟、安装、声音。 Help, the first minute, installing, sound. */
export const ZH_CN_HELP = {
  'help.codes': '代码说明',
  'help.codes-hint': '输入代码或几个字，例如 print.lost、没有纸',
  'help.codes-why': '屏幕上每个代码是什么意思、钱安不安全、能不能再试、该怎么办。断网也能看。',
  'help.codes-none': '没有找到这个代码',
  'help.codes-none-why': '核对一下拼写。还找不到，就把代码原样告诉管服务器的人。',
  'help.found': '{count} 条',
  'help.all-codes': '全部代码',
  'help.guide-again': '再带我做一遍第一笔',
  'help.group.print': '打印',
  'help.group.storage': '存储',
  'help.group.server': '服务器',
  'help.group.flow': '操作',
  'help.group.payment': '收款和退款',
  'help.group.device': '设备',
  'help.group.decline': '对方拒绝',
  'help.till.title': '收款',
  'help.till.text':
    '输入金额，按「收款」。\n几样东西：输一样按一下「记一笔」，也可以用 × 和 + 一次算完，例如 6×2+35.8。\n「优惠」把输入的金额从整单里减掉。点明细里的叉去掉一样，按「放回」能拿回来。\n键盘：数字、回车收款、F2 记一笔、F4 放回、Esc 清除。',
  'help.tendering.title': '选支付方式',
  'help.tendering.text':
    '先选顾客用什么付。\n现金：点顾客给的面额，或输入实收，屏幕会算找零。\n微信、支付宝、云闪付：扫顾客的付款码，或让顾客扫屏幕上的码。\n一部分现金、一部分扫码：先输入这一部分的金额。\n还没收钱时，可以返回改单。',
  'help.paying.title': '等结果',
  'help.paying.text':
    '按屏幕上说的做，等它自己出结果。\n「结果未知」时不要再收一次：小机会一直查到有结果，可以先接下一位顾客，回头在「未完成」里看。',
  'help.refused.title': '没有收成',
  'help.refused.text': '钱没有收。看看原因，换一种方式再收，或返回改单。',
  'help.done.title': '已收款',
  'help.done.text':
    '最大的数字是要找给顾客的钱。\n小票没打出来可以再打，也可以让顾客扫码取电子小票。\n按「下一笔」继续；键盘按回车，F8 再打一张。',
  'help.asking.title': '上一笔没有记完',
  'help.asking.text': '看钱箱、问顾客，再如实回答。答完才能收下一笔，这样不会重收，也不会漏收。',
  'help.unsaved.title': '还没有存好',
  'help.unsaved.text': '别关页面。抄下金额和参考号，或打印出来。小机会一直试着存。',
  'help.orders.title': '订单',
  'help.orders.text':
    '最新的在最前面，断网也能看。\n找一单：输入金额，或小票单号、微信支付宝交易号的后几位；按日期、支付方式、状态筛选。\n键盘：/ 开始找，上下键走动，回车打开。\n点一单可以看经过、重打小票、退款。',
  'help.order.title': '订单详情',
  'help.order.text':
    '这里有金额和经过：流水账里每一条记录，什么时候、发生了什么、谁做的。还有小票的样子，和打出来的一样。\n可以重打（会注明）、加小费、撤销、退款。钱按原路退回。',
  'help.today.title': '今日',
  'help.today.text':
    '这台机器今天收了多少、退了多少、每种方式各多少。\n钱箱里的当日现金不含开张时放的零钱。\n箭头看别的日子。全店的数在后台。',
  'help.open.title': '未完成',
  'help.open.text':
    '还没有结果的收款、没收完的单都在这里。有结果会自己走；写着「需要店长」的，要店长核对后决定。',
  'help.authorisations.title': '预授权和余额',
  'help.authorisations.text': '先冻结一笔钱，以后按实际金额完成，或撤销冻结。也可以查卡余额。',
  'help.devices.title': '设备',
  'help.devices.text':
    '连打印机、扫码枪、刷卡器、秤、客显。点「连接」，在弹出的窗口里选中它，再试一下。\n扫码枪多半不用设置，插上就能扫。\n没有打印机也能收款：用电子小票或系统打印。',
  'help.settings.title': '设置',
  'help.settings.text': '抹零、自动打印、声音、语言、明暗；长期保存和安装；打开后台；换人时锁定。',
  'help.health.title': '账本状态',
  'help.health.text':
    '看这台设备上的账是不是好好的：存了几份、多少还没上传、有没有被服务器退回。\n可以立即上传、核对一遍、导出成文件。',
  'help.help.title': '代码说明',
  'help.help.text': '输入屏幕上的代码，看它是什么意思、该怎么办。',

  'path.label': '收款第 {step} 步，共 {of} 步：{name}',
  'path.now': '{step}/{of}',
  'path.start': '开机',
  'path.unlock': '解锁',
  'path.kind': '收款',
  'path.amount': '金额',
  'path.tender': '支付方式',
  'path.present': '刷卡扫码',
  'path.present-cash': '收现金',
  'path.pin': '输密码',
  'path.confirm': '确认',
  'path.print': '打小票',
  'path.take': '取卡取票',
  'path.take-cash': '找零取票',
  'guide.label': '带你收第一笔',
  'guide.step': '第 {step} 步，共 {of} 步',
  'guide.amount': '按数字输入金额，例如 12.5',
  'guide.charge': '按「收款」',
  'guide.take': '点顾客给的钱，或按「现金已收到」',
  'guide.wait': '看屏幕上说的，等一下',
  'guide.done': '收好了！把找零给顾客，按「下一笔」',
  'guide.end': '学会了！',
  'guide.skip': '不用带',
  'guide.set-up': '开我的店',

  'install.title': '装到主屏幕',
  'install.why': '点图标就能收款，断网也能打开',
  'install.go': '安装',
  'install.later': '以后再说',

  'keys.title': '键盘打字',
  'keys.anywhere': '随时',
  'keys.focused': '选中键盘时',
  'keys.why':
    '外接键盘的数字、+、×、=、/ 随时都能用。用语音操作、容易误按的人可以改成：先用 Tab 选到屏幕上的键盘再打。扫码枪不受影响。',

  'sound.title': '声音',
  'sound.mode': '声音',
  'sound.mode.off': '静音',
  'sound.volume': '音量',
  'sound.volume.low': '小',
  'sound.volume.middle': '中',
  'sound.volume.high': '大',
  'sound.voice': '收款语音播报',
  'sound.voice-why': '钱确实到了才播报，例如「微信收款 12.50 元」。没有核实的不播报。',
  'sound.voice-none': '这台设备没有自带这种语言的语音，只有提示音。可以在系统设置里下载语音。',
  'sound.try': '听一下',
} as const satisfies Readonly<Record<string, Message>>;

export type HelpKey = keyof typeof ZH_CN_HELP;
