import type { OrderState } from '../payments/standing.ts';
import type { AlarmKind } from '../storage/quarantine.ts';

/** What the office says of each alarm, and of what is known about it. */
export interface AlarmTexts {
  readonly kinds: Readonly<Record<AlarmKind, string>>;
  readonly gaps: Readonly<Record<string, string>>;
  /** Sum of what tills have booked and channels do not hold. */
  readonly disputed: string;
  readonly reference: string;
  /** What became of the order at this server. */
  readonly order: string;
  readonly states: Readonly<Record<OrderState, string>>;
  /** How a till stands with an attempt whose end is not known. */
  readonly attempts: Readonly<Record<string, string>>;
  readonly channelNumber: string;
  /** What the manager wrote who booked it at the till. */
  readonly evidence: string;
}

export const zhAlarms: AlarmTexts = {
  kinds: {
    fork: '同一个编号出现了两条不同的记录。收银台可能被复制，或恢复了旧数据。后到的一条已另存。',
    'closed-epoch': '收银台重新编号之后，又送来了旧编号的记录。已另存。',
    figures: '一张销售单的金额对不上。已另存，没有计入。',
    'epoch-gap': '收银台重新开始编号，但前后没有接上。',
    'quarantine-full': '这台收银台的待查记录太多，不再接收。请检查它。',
    'refund-repeated': '同一笔退货送来了两次，内容不同。只计入第一笔。',
    'sale-repeated': '同一张销售单送来了两次，内容不同。只计入第一张。',
    'attempt-repeated': '同一笔付款出现在两张销售单里。只计入一次。',
    'payment-contradiction':
      '一笔付款已有结论，渠道后来又说相反的话。结论不变；多收的钱会自动退回。请核对渠道账单。',
    'payment-amount': '付款通知的金额与订单不符。没有采信，请核对渠道账单。',
    'payment-second-wallet': '同一张单被两个渠道付了款。多付的一笔应退回，请核对渠道账单。',
    'payment-not-held':
      '收银台记为已收的一笔款，渠道那边没有成功或已经撤销：钱不在店里。请核对渠道账单；确实没有收到，就请顾客补付。这笔金额已转入“有争议款”。',
    'refund-not-made':
      '收银台记为已退的一笔款，渠道那边没有退成：顾客没有收到。请核对渠道账单；确实没有退到，就换一种方式退给顾客。这笔金额已转入“有争议款”。',
    'refund-failed':
      '渠道先受理了一笔退款，后来没有退成：钱还在商户这里，顾客没有收到。请联系顾客，换一种方式退（例如现金），并在收银台“未完成”里处理这一笔。',
    'refund-held':
      '一笔退款退不进顾客的账户（例如银行卡已注销）。请登录渠道的商户平台处理，或联系顾客改退到别的账户。系统会继续查询结果。',
    'refund-slow': '一笔已受理的退款五天了还没有到账。请联系渠道核实；系统会继续查询结果。',
    'payment-stuck': '一笔付款多次撤销都没有结果。系统会继续尝试，请联系渠道核实。',
  },
  gaps: {
    'till-behind': '收银台丢失了服务器已有的末尾记录，服务器上的完整无缺。',
    'after-quarantine': '接在一条另存的记录之后。',
    'server-behind': '中间可能有销售没有送到服务器，请与纸质小票或钱箱核对。',
    'started-over': '收银台从零开始，之前未上传的销售可能已丢失，请与纸质小票或钱箱核对。',
  },
  disputed: '有争议款',
  reference: '订单号',
  order: '服务器记录',
  states: {
    sending: '已发出',
    waiting: '等待中',
    unknown: '结果未知',
    'not-found': '渠道查无此单',
    reversing: '正在撤销',
    approved: '成功',
    declined: '未成功',
    reversed: '已撤销',
  },
  attempts: {
    sending: '已发出，等回答',
    unknown: '结果未知',
    inquiring: '结果未知，正在查询',
    accepted: '渠道已受理，退回中',
    'not-found': '渠道查无此单，正在撤销',
    reversing: '正在撤销',
    'approved-late': '钱到晚了，正在退回',
    'refund-due': '正在退回',
    stuck: '需要店长处理',
  },
  channelNumber: '渠道单号',
  evidence: '经理依据',
};

export const enAlarms: AlarmTexts = {
  kinds: {
    fork: 'Two different records carry the same number. The till may have been copied, or old data restored. The later one is kept aside.',
    'closed-epoch': 'Records with old numbers arrived after the till had begun numbering again. Kept aside.',
    figures: 'The figures of a sale do not agree. It is kept aside and not counted.',
    'epoch-gap': 'The till began numbering again, and the new run does not join the old one.',
    'quarantine-full': 'This till has too many records kept aside; no more are taken. Please look at it.',
    'refund-repeated': 'The same refund arrived twice with different content. Only the first is counted.',
    'sale-repeated': 'The same sale arrived twice with different content. Only the first is counted.',
    'attempt-repeated': 'The same payment appears in two sales. It is counted once.',
    'payment-contradiction':
      'A payment had its end, and later the channel said the opposite. The end stands; surplus money goes back by itself. Compare with the statement of the channel.',
    'payment-amount':
      'A notice of payment names another amount than the order. It was not believed: compare with the statement of the channel.',
    'payment-second-wallet':
      'Two channels were paid for one order. One of the two must go back: compare with the statements.',
    'payment-not-held':
      'A till has booked a payment as taken that failed or was undone at the channel: the money is not with the shop. Compare with the statement of the channel; if it is not there, ask the customer to pay. The amount stands under "disputed".',
    'refund-not-made':
      'A till has booked a refund that the channel has not made: the customer has not received it. Compare with the statement of the channel; if it is not there, pay it back another way. The amount stands under "disputed".',
    'refund-failed':
      'A channel accepted a refund and then did not make it: the money is still with the shop, and the customer has not received it. Call the customer, pay it back another way (cash, for example), and end it at the till under "Unfinished".',
    'refund-held':
      "The customer's account does not take a refund (a bank card that was closed, for example). Deal with it on the merchant site of the channel, or agree on another account with the customer. It is asked about all along.",
    'refund-slow':
      'A refund that was accepted five days ago has not arrived. Please call the channel; it is asked about all along.',
    'payment-stuck': 'A payment could not be undone in many tries. The tries go on; please call the channel.',
  },
  gaps: {
    'till-behind': "The till lost its last records, which the server has. The server's are complete.",
    'after-quarantine': 'It follows a record that is kept aside.',
    'server-behind':
      'Sales in between may never have reached the server: compare with paper slips or the drawer.',
    'started-over':
      'The till started from nothing; sales it had not sent before may be lost: compare with paper slips or the drawer.',
  },
  disputed: 'Disputed',
  reference: 'Reference',
  order: 'This server',
  states: {
    sending: 'sent',
    waiting: 'waiting',
    unknown: 'not known',
    'not-found': 'not found at the channel',
    reversing: 'being undone',
    approved: 'approved',
    declined: 'declined',
    reversed: 'undone',
  },
  attempts: {
    sending: 'sent, waiting for the answer',
    unknown: 'result not known',
    inquiring: 'result not known, checking',
    accepted: 'accepted, on its way back',
    'not-found': 'not known there, undoing',
    reversing: 'undoing',
    'approved-late': 'came late, goes back',
    'refund-due': 'going back',
    stuck: 'needs a manager',
  },
  channelNumber: 'Channel no.',
  evidence: "Manager's evidence",
};
