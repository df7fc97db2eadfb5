import type { ErrorCode, ErrorText } from './error-codes.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

const refused = (title: string, meaning: string): ErrorText =>
  say(title, meaning, '照常收款，记录都留在本机；把代码告诉维护服务器的人。');

/** 每个错误代码的解释。 What every coded error means, and what to do. */
export const ZH_CN_ERRORS: Readonly<Record<ErrorCode, ErrorText>> = {
  'print.no-confirmation': say(
    '打印机没有回话',
    '内容全部发出去了，但这台打印机不会报告结果。',
    '看一眼小票：没有出来，再点重打印。',
  ),
  'print.no-printer': say(
    '没有连接打印机',
    '没有可用的打印机，什么也没有打。',
    '到「设备」连接打印机，或用电子小票、系统打印。',
  ),
  'print.busy': say('打印机被占用', '别的程序或窗口正在用这台打印机。', '关掉那个程序或窗口，再打一次。'),
  'print.no-access': say(
    '不能使用打印机',
    '系统自己的驱动占着它，或者没有给权限。',
    'Windows：给它换 WinUSB 驱动，或用厂家的虚拟串口再选「串口」。Linux：停用 usblp，并加上说明里的 udev 规则。然后重新连接并允许。',
  ),
  'print.lost': say(
    '打印机断开了',
    '打到一半线断了，或者打印机关了。',
    '接好线和电源，看看纸上打到哪里，再决定要不要重打印。',
  ),
  'print.timeout': say(
    '打印机没有动静',
    '等了很久它都不收数据。',
    '看看纸、盖子和电源灯，再决定要不要重打印。',
  ),
  'print.protocol': say(
    '打印机答非所问',
    '它回的话不像 ESC/POS 打印机。',
    '看一眼小票；换个接口或型号再试。',
  ),
  'print.refused': say('打印机拒绝了', '它听懂了，但不做。', '看看打印机的指示灯，关机重开后再试。'),
  'print.unsupported': say(
    '这里不能这样打印',
    '浏览器或这台打印机没有这个能力。',
    '换用 Chrome 或 Edge，或用系统打印。',
  ),
  'print.not-chosen': say('没有选打印机', '选择窗口被关掉了。', '再点一次连接，选中打印机。'),
  'print.paper-end': say('没有纸了', '纸用完了，小票可能只出来一半。', '换好纸，看看出来多少，再点重打印。'),
  'print.cover-open': say('盖子开着', '盖子没关好，打印停住了。', '关好盖子，看看出来多少，再点重打印。'),

  'storage.quota': say(
    '存储空间满了',
    '浏览器不再给这台收银台空间。',
    '删掉不用的文件和网站数据（不要删小机的），再重新打开。',
  ),
  'storage.disk': say(
    '写不进磁盘',
    '设备的存储出错了。',
    '先联网让记录上传，再重启设备；还不行就换一台设备加入本店。',
  ),
  'storage.blocked': say(
    '数据库被占住了',
    '另一个窗口开着旧版本，或浏览器正在忙。',
    '关掉所有小机的窗口，再打开一个。',
  ),
  'storage.damaged': say(
    '本机的流水账损坏了',
    '两份都读不完整，不能证明没有缺。',
    '不要清除数据；联网后重新打开，会从服务器补回。',
  ),
  'storage.unsupported': say(
    '这个浏览器存不住账',
    '它没有可靠存储（可能是无痕窗口）。',
    '用普通窗口，或换 Chrome、Edge、Safari 的新版本。',
  ),
  'storage.lost-lock': say(
    '记账权被别的窗口接走了',
    '另一个窗口成了记账的那个。',
    '到那个窗口继续，或关掉它再回来。',
  ),
  'storage.too-large': say('这一单太大了', '一单的明细超过了一条记录能装下的量。', '分成两单收。'),

  'server.malformed-json': refused('服务器看不懂', '发出的内容在路上坏了，或版本不合。'),
  'server.malformed-body': refused('服务器看不懂', '发出的内容不合格式。'),
  'server.unsupported-contract': say(
    '版本太旧',
    '服务器已不认这个版本的小机。',
    '做完手上的单，更新小机；记录会接着上传。',
  ),
  'server.proof-invalid': say(
    '密钥没有通过验证',
    '服务器不承认这台设备的签名。',
    '重新开通；还不行就换一个代码。',
  ),
  'server.unauthorised': say('服务器要重新认证', '通行证过期了。', '等一会儿会自动重来。'),
  'server.forbidden': refused('服务器不允许', '这台收银台没有这项权限。'),
  'server.not-found': refused('服务器没有这个地址', '服务器的版本或地址不对。'),
  'server.method-not-allowed': refused('服务器不接受这种请求', '服务器的版本不对。'),
  'server.too-large': refused('一次上传太大', '服务器不收这么大的一批。'),
  'server.hash-mismatch': refused('有一条记录对不上', '一条记录的内容和它的指纹不符，已单独保管。'),
  'server.signature-invalid': refused('有一条记录的签名不对', '服务器认不出这条记录的签名，已单独保管。'),
  'server.unknown-key': say(
    '服务器不认识这台收银台的钥匙',
    '服务器换过，或这台收银台没有登记。',
    '在后台给这台收银台换钥匙；记录都留在本机。',
  ),
  'server.broken-chain': refused('流水账接不上', '服务器手里的最后一条和本机的不连。'),
  'server.sequence-gap': say('流水号不连续', '服务器少了中间的几条。', '会自动从缺的地方补传，不用做什么。'),
  'server.fork': refused('同一个流水号有两条记录', '可能有人复制了这台设备的数据。已停止上传，两份都保留。'),
  'server.training-entry': refused('培训记录不该上传', '服务器拒绝了一条培训记录，它不计数。'),
  'server.entry-invalid': refused('有一条记录不合规矩', '服务器看不懂其中一条，已单独保管，其余照常。'),
  'server.till-revoked': say('这台收银台已停用', '后台停用了它。', '问店主；本机的记录一条不少。'),
  'server.attempt-conflict': say(
    '编号被别的付款用了',
    '服务器上同一个编号是另一笔付款，这一笔没有结果。',
    '先别再收，等小机查清，或请店长处理。',
  ),
  'server.attempt-tombstoned': say('这一笔已经作废', '它先被撤销了，服务器不会再收它。', '换一种方式收款。'),
  'server.rail-unavailable': say(
    '店里没有开通',
    '服务器没有这种收款方式的钥匙。',
    '换一种方式；请管后台的人开通。',
  ),
  'server.original-unknown': say(
    '找不到原来那一笔',
    '服务器上没有要退或要完成的那一笔。',
    '请店长用现金退，并告诉管后台的人。',
  ),
  'server.amount-beyond-original': say('比原来那一笔多', '退的或完成的超过了原来的金额。', '改小金额。'),
  'server.callback-refused': say(
    '通知没有通过验证',
    '一条到账通知的签名不对，没有被采用。',
    '不用做什么，小机会自己查。',
  ),
  'server.too-many-requests': say('服务器太忙', '请求太密了。', '等一会儿会自动再传。'),
  'server.internal': say('服务器出错了', '服务器自己出了问题。', '照常收款，会自动再传。'),
  'server.unavailable': say('服务器暂停服务', '可能正在维护。', '照常收款，会自动再传。'),

  'flow.server-unreachable': say(
    '连不上服务器',
    '这一步要联网，现在没有应答。',
    '看看网络和服务器，再试一次。',
  ),
  'flow.code-unknown': say('代码不对', '服务器没有这个代码。', '对照着再输一遍；字母 O 其实是数字 0。'),
  'flow.code-spent': say('代码用过了', '一个代码只能开通一台收银台，过期也会失效。', '到后台再要一个。'),
  'flow.name-required': say('还没有名字', '名字会印在小票上，不能空着。', '写上名字再继续。'),
  'flow.pin-weak': say('这个 PIN 太好猜', '像 123456、000000、生日这样的一猜就中。', '换一个没有规律的。'),
  'flow.pin-format': say('PIN 要六位数字', 'PIN 只能是 6 个数字。', '再输一遍。'),
  'flow.pin-mismatch': say('两遍不一样', '两次输入的 PIN 不同。', '从头再输两遍。'),
  'flow.pin-taken': say('这个 PIN 有人用了', 'PIN 用来认人，不能相同。', '换一个。'),
  'flow.no-journal': say(
    '流水账没有打开',
    '现在记不了账，所以不收款。',
    '重新打开小机；还不行看「机器状态」。',
  ),
  'flow.not-writer': say('别的窗口在记账', '同一台设备只有一个窗口能记账。', '到那个窗口收款，或关掉它。'),
  'flow.not-enrolled': say('这台收银台还没有开通', '它还不属于任何店。', '先开店，或用代码加入。'),
  'flow.invalid-entry': say('这一笔不合规矩', '金额或明细通不过检查，没有记下。', '返回改单，重新输入。'),
  'flow.too-little': say('收得不够', '实收比应收少。', '补足再确认。'),
  'flow.page-not-loaded': say('这一页没有打开', '网络断着，而这一页还没有存到本机。', '联网后重新打开。'),
  'flow.unexpected': say(
    '出了没料到的事',
    '小机遇到了不认识的情况。',
    '看一眼订单里有没有这一笔，再决定要不要重来。',
  ),
};
