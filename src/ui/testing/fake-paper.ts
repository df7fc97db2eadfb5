import { generate } from 'lean-qr';
import type { Paper, PaperCell, PaperLine } from '../../flow/services.ts';

const cell = (text: string, times = 1, bold = false): PaperCell => ({
  text,
  columns: (/[⺀-鿿，。：￥（）]/.test(text) ? 2 : 1) * times,
  widthTimes: times,
  heightTimes: times,
  bold,
});
const text = (line: string, align: PaperLine['align'] = 'left', times = 1): PaperLine => ({
  align,
  content: { kind: 'text', cells: Array.from(line, (each) => cell(each, times, times > 1)) },
});

const QR = generate('https://pos.example/r/A1-7K3M9Q-000128');

/** A slip as an interpreter would have drawn it. */
export const PAPER: Paper = {
  columns: 42,
  drawerKicks: 3,
  lines: [
    text('巷口杂货铺', 'center', 2),
    text('单号                    A1-7K3M9Q-000128'),
    text('日期                  2026-03-14 10:26:07'),
    text('------------------------------------------'),
    text('收款          2 × 6.00             12.00'),
    text('收款                               35.80'),
    text('------------------------------------------'),
    text('合计        ￥47.80', 'right', 2),
    {
      align: 'center',
      content: {
        kind: 'qr',
        modules: QR.size,
        dots: Uint8Array.from({ length: QR.size ** 2 }, (_, index) =>
          QR.get(index % QR.size, Math.floor(index / QR.size)) ? 1 : 0,
        ),
      },
    },
    text('谢谢惠顾', 'center'),
    { align: 'left', content: { kind: 'cut' } },
  ],
};
