import type { DisplayContent, DisplayedItem } from '../../../domain/display.ts';
import { add, type Currency, type Minor } from '../../../domain/money.ts';
import { toDecimal } from '../../../domain/money-format.ts';
import type { Lamp } from '../../codecs/cd5220/command.ts';
import { blanks, cellsOf, columnsOf, printable } from '../../receipt/columns.ts';

/** The words of a pole, each at most ten columns wide, so that a figure fits beside it. */
export type PoleWords = Readonly<
  Record<'welcome' | 'amount' | 'total' | 'received' | 'change' | 'paid' | 'waiting' | 'scan', string>
>;

/** Two lines of exactly 20 columns. */
export interface PoleLines {
  readonly upper: string;
  readonly lower: string;
}

const COLUMNS = 20;
/** What a sum may take of a line, so that a name of two hanzi stands beside it. */
const SUM_COLUMNS = 15;
/** In thousandths. */
const ONE_PIECE = 1_000;

/** What the customer reads on a pole of two lines. `canShow`: whether its font has every character of a text. */
export function poleLines(
  content: DisplayContent,
  words: PoleWords,
  canShow: (text: string) => boolean,
): PoleLines {
  switch (content.show) {
    case 'idle':
      return { upper: centred(words.welcome), lower: blanks(COLUMNS) };
    case 'amount': {
      const total = spread(words.total, toDecimal(content.amount, content.currency));
      const { item } = content;
      if (item === undefined) return { upper: total, lower: blanks(COLUMNS) };
      const name = canShow(item.name) ? item.name : lettersOf(item.name);
      return { upper: spread(printable(name || words.amount), sumOf(item, content.currency)), lower: total };
    }
    case 'code':
    case 'waiting':
      return {
        upper: centred(content.show === 'code' ? words.scan : words.waiting),
        lower: spread(words.total, toDecimal(content.amount, content.currency)),
      };
    case 'paid': {
      const { amount, change, currency } = content;
      if (change === 0)
        return { upper: spread(words.paid, toDecimal(amount, currency)), lower: blanks(COLUMNS) };
      return {
        upper: spread(words.received, toDecimal(add(amount, change), currency)),
        lower: spread(words.change, toDecimal(change, currency)),
      };
    }
    default:
      return content satisfies never;
  }
}

/** What a price pole shows: a number and the word that is lit. Undefined: dark. */
export function poleNumber(
  content: DisplayContent,
): { readonly number: string; readonly lamp: Lamp } | undefined {
  switch (content.show) {
    case 'idle':
      return undefined;
    case 'amount':
    case 'code':
    case 'waiting':
      return numberOf(content.amount, content.currency, 'total');
    case 'paid':
      return content.change === 0
        ? numberOf(content.amount, content.currency, 'received')
        : numberOf(content.change, content.currency, 'change');
    default:
      return content satisfies never;
  }
}

const DIGITS_MAX = 8;

/** `2x3.50` for more than one piece. Where that is too long, what the line comes to. */
function sumOf({ quantityMilli, price, amount }: DisplayedItem, currency: Currency): string {
  const sum = `${quantityMilli / ONE_PIECE}x${toDecimal(price, currency)}`;
  return quantityMilli === ONE_PIECE || sum.length > SUM_COLUMNS ? toDecimal(amount, currency) : sum;
}

/** A number that does not fit is not shown at all: a cut one would be a wrong price. */
function numberOf(amount: Minor, currency: Currency, lamp: Lamp) {
  const number = toDecimal(amount, currency);
  return number.replace('.', '').length > DIGITS_MAX ? undefined : { number, lamp };
}

/** What is left of a name on a pole without its font. */
const lettersOf = (name: string): string =>
  name
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

/** The figure stays whole; the text gives way, by whole characters. */
function spread(text: string, figure: string): string {
  const room = COLUMNS - figure.length - 1;
  const left = room > 0 ? cut(text, room) : '';
  return left + blanks(COLUMNS - figure.length - columnsOf(left)) + figure.slice(0, COLUMNS);
}

function centred(text: string): string {
  const shown = cut(text, COLUMNS);
  const free = COLUMNS - columnsOf(shown);
  return blanks(free >> 1) + shown + blanks(free - (free >> 1));
}

function cut(text: string, columns: number): string {
  let shown = '';
  for (const cell of cellsOf(text)) {
    if (cell.column + cell.columns > columns) break;
    shown += cell.text;
  }
  return shown;
}
