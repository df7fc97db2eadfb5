import { html } from 'lit';
import '../components/pos-amount.ts';
import '../components/pos-dial.ts';
import '../components/pos-keypad.ts';
import '../components/pos-lines.ts';
import type { ShownLine } from '../components/pos-lines.ts';
import '../components/pos-pin-pad.ts';
import '../components/pos-stage.ts';
import '../components/pos-sum-field.ts';
import '../components/pos-verdict.ts';
import '../components/pos-way.ts';
import '../components/pos-ways.ts';
import type { WayTile } from '../components/pos-ways.ts';
import type { Board } from './board.ts';

const KEYPAD = {
  keypad: '键盘',
  back: '退格',
  clear: '清除',
  times: '乘',
  plus: '加',
  point: '点',
  add: '记一笔',
};
const LINES: readonly ShownLine[] = [
  { id: '1', name: '收款', sum: '2 × ¥6.00', amount: '¥12.00' },
  { id: '2', name: '手工挂面（家庭装，两斤）', sum: '', amount: '¥35.80' },
];
const LIST = { title: '本单明细', empty: '输入金额就可以收款。', remove: '去掉', undo: '放回刚去掉的' };
const TILES: readonly WayTile[] = [
  { id: 'cash', icon: 'cash', label: '现金', chosen: true },
  { id: 'customer-code', icon: 'customer-code', label: '扫码收款', chosen: false },
  { id: 'reader', icon: 'reader', label: '刷卡', chosen: false, why: '没有刷卡器' },
  { id: 'credit', icon: 'credit', label: '赊账', chosen: false },
  { id: 'split', icon: 'split', label: '分开付', chosen: false, isExtra: true },
];

const amount = (tone: 'ink' | 'good' | 'warn' | 'bad', value: string, entry = '') =>
  html`<pos-stage .tone=${tone} class="band"><pos-amount slot="display" .tone=${tone} label="合计" .value=${value} .entry=${entry}></pos-amount></pos-stage>`;

const verdict = (
  tone: 'ink' | 'good' | 'warn' | 'bad' | 'undone' | 'call',
  result: 'approved' | 'declined' | 'unknown' | 'reversed' | 'manager' | 'refunded' | 'noted' | 'abandoned',
  word: string,
) => ({
  state: result,
  view: html`<pos-stage .tone=${tone} class="band"><pos-verdict slot="display" .result=${result}><strong class="huge">${word}</strong></pos-verdict></pos-stage>`,
});

export const MONEY_BOARDS: readonly Board[] = [
  {
    element: 'pos-verdict',
    wide: true,
    specimens: [
      verdict('good', 'approved', '已收款'),
      verdict('bad', 'declined', '没有收到钱'),
      verdict('warn', 'unknown', '未知'),
      verdict('undone', 'reversed', '已撤销'),
      verdict('call', 'manager', '需要店长'),
      verdict('undone', 'refunded', '已退回'),
      verdict('ink', 'noted', '已记账'),
      verdict('ink', 'abandoned', '没有收款'),
    ],
  },
  {
    element: 'pos-amount',
    wide: true,
    specimens: [
      { state: 'nothing typed', view: amount('ink', '¥0.00') },
      { state: 'a sum typed', view: amount('ink', '¥18.50', '12.5+3×2') },
      { state: 'the largest there is', view: amount('ink', '¥98,765,432.10') },
      { state: 'good', view: amount('good', '¥52.20') },
      { state: 'warn', view: amount('warn', '¥47.80') },
      { state: 'bad', view: amount('bad', '¥47.80') },
    ],
  },
  {
    element: 'pos-keypad',
    wide: true,
    specimens: [
      { state: 'sale', view: html`<pos-keypad .words=${KEYPAD}></pos-keypad>` },
      { state: 'cash', view: html`<pos-keypad layout="cash" .words=${KEYPAD}></pos-keypad>` },
      { state: 'disabled', view: html`<pos-keypad layout="cash" disabled .words=${KEYPAD}></pos-keypad>` },
    ],
  },
  {
    element: 'pos-lines',
    specimens: [
      { state: 'empty', view: html`<pos-lines .words=${LIST}></pos-lines>` },
      { state: 'lines', view: html`<pos-lines .lines=${LINES} .words=${LIST}></pos-lines>` },
      {
        state: 'a line was removed',
        view: html`<pos-lines .lines=${LINES} canUndo .words=${LIST}></pos-lines>`,
      },
      { state: 'settled', view: html`<pos-lines fixed .lines=${LINES} .words=${LIST}></pos-lines>` },
    ],
  },
  {
    element: 'pos-ways',
    wide: true,
    specimens: [
      { state: 'one chosen, one shut', view: html`<pos-ways label="支付方式" .tiles=${TILES}></pos-ways>` },
      { state: 'disabled', view: html`<pos-ways label="支付方式" disabled .tiles=${TILES}></pos-ways>` },
    ],
  },
  {
    element: 'pos-way',
    specimens: [
      {
        state: 'choices',
        view: html`<pos-way
          name="wallet"
          chosen="wechat"
          .words=${{ icon: 'shop-code', ask: '用哪个钱包？', hint: '二维码显示在顾客屏上。' }}
          .choices=${[{ value: 'wechat', label: '微信' }, { value: 'alipay', label: '支付宝' }]}
        ></pos-way>`,
      },
      {
        state: 'a field, a warning and a cap',
        view: html`<pos-way
          .words=${{ icon: 'static-code', ask: '看顾客手机', hint: '看清金额和时间。', warning: '未核实', left: '还可收 ¥320' }}
          .field=${{ testId: 'account', label: '谁赊的账', value: '老王', isNumber: false }}
        ></pos-way>`,
      },
    ],
  },
  {
    element: 'pos-sum-field',
    specimens: [
      { state: 'empty', view: html`<pos-sum-field label="退多少"></pos-sum-field>` },
      { state: 'typed', view: html`<pos-sum-field label="退多少" value="47.80"></pos-sum-field>` },
      {
        state: 'disabled',
        view: html`<pos-sum-field label="退多少" value="47.80" disabled></pos-sum-field>`,
      },
    ],
  },
  {
    element: 'pos-dial',
    specimens: [
      { state: 'all of the time', view: html`<pos-dial text="45" .share=${1}></pos-dial>` },
      { state: 'a third', view: html`<pos-dial text="15" .share=${0.33}></pos-dial>` },
      { state: 'none', view: html`<pos-dial text="0" .share=${0}></pos-dial>` },
    ],
  },
  {
    element: 'pos-pin-pad',
    specimens: [
      { state: 'empty', view: html`<pos-pin-pad .words=${{ label: 'PIN', back: '退格' }}></pos-pin-pad>` },
      {
        state: 'disabled',
        view: html`<pos-pin-pad disabled .words=${{ label: 'PIN', back: '退格' }}></pos-pin-pad>`,
      },
    ],
  },
];
