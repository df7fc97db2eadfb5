import { html } from 'lit';
import '../components/pos-device-card.ts';
import '../components/pos-paper.ts';
import '../components/pos-qr.ts';
import '../components/pos-receipt.ts';
import '../components/pos-status-strip.ts';
import type { Lamp } from '../components/pos-status-strip.ts';
import type { Board } from './board.ts';
import { receiptOf } from './fake-data.ts';
import { PAPER } from './fake-paper.ts';

const lamp = (id: string, icon: Lamp['icon'], tone: Lamp['tone'], short: string): Lamp => ({
  id,
  icon,
  tone,
  short,
  long: short,
});
const CALM = [
  lamp('network', 'online', 'calm', '在线'),
  lamp('sync', 'upload', 'calm', '已同步'),
  lamp('storage', 'disks', 'calm', ''),
  lamp('printer', 'printer', 'calm', ''),
];
const ALARM = [
  lamp('network', 'offline', 'warn', '断网'),
  lamp('sync', 'upload', 'warn', '待上传'),
  lamp('storage', 'disks', 'bad', '一份'),
  lamp('printer', 'printer', 'bad', '没纸'),
];

const FACTS = [
  { name: '驱动', value: 'NEO 2 加密读卡器' },
  { name: '序列号', value: 'B50C4A2' },
  { name: '电量', value: '82%' },
];
const GONE = { name: '上次见到', value: '2026/11/1 12:00' };

/** A device in every way it can be. */
const DEVICE_CARDS: Board['specimens'] = [
  {
    state: 'never connected',
    view: html`<pos-device-card place="scale" word="没有设置" model="电子秤"></pos-device-card>`,
  },
  {
    state: 'connecting',
    view: html`<pos-device-card place="terminal" link="connecting" word="正在连接…" model="刷卡终端 · ZVT"></pos-device-card>`,
  },
  {
    state: 'connected',
    view: html`<pos-device-card place="reader" link="connected" good word="已连接" model="读卡器 · NEO 2" .facts=${FACTS}></pos-device-card>`,
  },
  {
    state: 'there and refused',
    view: html`<pos-device-card place="reader" link="connected" word="不能使用" model="读卡器 · NEO 2" refused="它送出的卡号没有加密，不能用来收款。" .facts=${FACTS}></pos-device-card>`,
  },
  {
    state: 'gone',
    view: html`<pos-device-card place="printer" word="没有接上" model="XP-80C" .facts=${[GONE]}>
      <button type="button" class="button" slot="before">再找一次</button>
    </pos-device-card>`,
  },
  {
    state: 'simulated',
    view: html`<pos-device-card place="pole" link="connected" good word="模拟设备" model="顾客显示屏"></pos-device-card>`,
  },
];

export const MACHINE_BOARDS: readonly Board[] = [
  {
    element: 'pos-status-strip',
    wide: true,
    specimens: [
      {
        state: 'calm',
        view: html`<pos-status-strip notice="巷口杂货铺" label="机器状态" .lamps=${CALM}></pos-status-strip>`,
      },
      {
        state: 'alarm, and sales that wait',
        view: html`<pos-status-strip
          notice="设备断网了。照常收款，连上后自动上传。"
          label="机器状态"
          .lamps=${ALARM}
          .unsynced=${37}
          .open=${{ count: 2, href: '#/open', label: '2 笔没有结果' }}
        ></pos-status-strip>`,
      },
    ],
  },
  {
    element: 'pos-device-card',
    specimens: DEVICE_CARDS,
  },
  {
    element: 'pos-receipt',
    specimens: [
      { state: '中文', view: html`<pos-receipt .document=${receiptOf('zh-CN', '¥47.80')}></pos-receipt>` },
      { state: 'English', view: html`<pos-receipt .document=${receiptOf('en', '¥47.80')}></pos-receipt>` },
    ],
  },
  {
    element: 'pos-paper',
    specimens: [
      { state: '42 columns', view: html`<pos-paper label="模拟纸" .paper=${PAPER}></pos-paper>` },
      {
        state: '32 columns',
        view: html`<pos-paper label="模拟纸" .paper=${{ ...PAPER, columns: 32, lines: PAPER.lines.slice(0, 3) }}></pos-paper>`,
      },
    ],
  },
  {
    element: 'pos-qr',
    specimens: [
      {
        state: 'a link',
        view: html`<pos-qr class="small" data="https://pos.example/r/x" label="电子小票"></pos-qr>`,
      },
    ],
  },
];
