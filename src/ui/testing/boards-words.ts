import { html } from 'lit';
import type { Article } from '../../i18n/translator.ts';
import '../components/pos-article.ts';
import '../components/pos-choice.ts';
import '../components/pos-dialog.ts';
import '../components/pos-grant.ts';
import '../components/pos-toast.ts';
import '../kit/pos-select.ts';
import type { Board } from './board.ts';

const ARTICLE: Article = {
  code: 'paper-end',
  title: '打印机没纸了',
  meaning: '小票没有打完。',
  money: '钱已经收到，没有受影响。',
  data: '这一单已经记下。',
  retry: '换好纸再打是安全的。',
  action: '换纸，合上盖子，再点「重打」。',
};
const RULES = ['不抹零', '抹分', '抹角', '四舍五入到角', '四舍五入到元'].map((label, index) => ({
  value: String(index),
  label,
}));
const GRANT = { what: '退款 ¥47.80', pin: '店长 PIN', back: '退格', cancel: '不退了' };

export const WORD_BOARDS: readonly Board[] = [
  {
    element: 'pos-article',
    specimens: [
      { state: 'whole', view: html`<pos-article .article=${ARTICLE}></pos-article>` },
      { state: 'compact', view: html`<pos-article compact .article=${ARTICLE}></pos-article>` },
    ],
  },
  {
    element: 'pos-choice',
    specimens: [
      {
        state: 'two',
        view: html`<pos-choice value="on" .options=${[{ value: 'on', label: '开' }, { value: 'off', label: '关' }]}></pos-choice>`,
      },
      {
        state: 'tiles',
        view: html`<pos-choice
          tiles
          value="retail"
          .options=${[
            { value: 'retail', label: '零售', icon: 'shop' },
            { value: 'catering', label: '餐饮', icon: 'catering' },
            { value: 'beauty', label: '美业', icon: 'beauty' },
            { value: 'freelancer', label: '自由职业', icon: 'freelancer' },
          ]}
        ></pos-choice>`,
      },
      {
        state: 'swatches',
        view: html`<pos-choice
          value="teal"
          .options=${(['orange', 'sky', 'teal', 'indigo', 'violet', 'rose'] as const).map((value) => ({ value, label: value, swatch: value }))}
        ></pos-choice>`,
      },
      {
        state: 'disabled',
        view: html`<pos-choice disabled value="on" .options=${[{ value: 'on', label: '开' }, { value: 'off', label: '关' }]}></pos-choice>`,
      },
    ],
  },
  {
    element: 'pos-select',
    specimens: [
      { state: 'closed', view: html`<pos-select label="抹零" value="2" .options=${RULES}></pos-select>` },
      {
        state: 'disabled',
        view: html`<pos-select label="抹零" value="2" disabled .options=${RULES}></pos-select>`,
      },
    ],
  },
  {
    element: 'pos-grant',
    specimens: [
      { state: 'asks', view: html`<pos-grant .words=${GRANT}></pos-grant>` },
      {
        state: 'wrong PIN',
        view: html`<pos-grant .words=${GRANT} problem="PIN 不对，再试一次"></pos-grant>`,
      },
    ],
  },
];

/** What lies over the page: one of them at a time, on a page of its own. */
export const OVER: Readonly<Record<string, Board['specimens'][number]['view']>> = {
  'pos-dialog': html`<pos-dialog .shown=${true} heading="机器状态" closing="关闭">
    <p>网络正常，服务器有应答。</p>
    <button slot="actions" type="button" class="button primary">知道了</button>
  </pos-dialog>`,
  'pos-toast': html`<pos-toast .stays=${0} .offer=${{ text: '已清空 3 笔，¥175.80', undo: '放回', close: '关闭' }}></pos-toast>`,
  'pos-select': html`<pos-select class="opened" label="抹零" value="2" .options=${RULES}></pos-select>`,
};
