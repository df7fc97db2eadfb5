import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Message } from '../message.ts';
import { formsOf, textsOf } from './texts.ts';

/** What is wrong with one text of one language. */
export interface Flaw {
  readonly language: Language;
  readonly name: string;
  readonly flaw: 'missing' | 'unknown' | 'empty' | 'holes' | 'plural' | 'script' | 'too-long';
  readonly detail: string;
}

/** The language that says which texts there are. */
const SOURCE: Language = 'zh-CN';

/**
 * Most columns (a hanzi takes two) of texts that stand on something of a fixed size on a phone of 360 px: measured with the
 * longest that still fits in one line.
 */
const ROOM: readonly (readonly [name: RegExp, columns: number])[] = [
  [/^words \| nav\.(?!title)/, 10],
  [/^words \| keypad\.(add|clear)$/, 10],
  [/^words \| (role|trade)\./, 14],
  [/^words \| strip\.(network|printer|copies)\.[\w-]+$/, 14],
  [/^words \| strip\.(synced|unsynced|update)$/, 14],
  [/^payments \| way\./, 14],
  [/^payments \| refusal\./, 20],
  [/^counter \| link\./, 14],
  [/^pole \| /, 10],
  [/^receipt \| (total|tendered|change|subtotal|number|date)$/, 16],
];

/** Characters that exist in simplified Chinese alone, of those that our simplified texts use. */
const SIMPLIFIED =
  /[业东丢两临为么习书买乱云从价优会传余储儿关内写冲决况冻净凭则刚删别办务动华协单卖厂压参双发变号吗听启员响国图坏块墙声处备够头奥宝实宽对导将尽属带帮并库应废开弃张弹当录态总愿户扫护报拟拨择挡挥损换据摄数断无旧时显暂机权条来构枪标栏样档检欢汉没浅测浏满灯点爱状独环现电画盖码确离种积笔筛签简类紧红级纸纹线练组细终经结给络绝统继绪续维编网职联脑脱营蓝补装见观规视览计订认让训议记许设证识诉诊词试话询该详语误说请读谁谢败账货购贴费赊车转载输边过还这进远连迟适选里钟钥钱银铺链销锁错键镜长闪闭问闲间际险随静页项顾预频题颜额饮马驱验]/u;
/** What simplified and traditional Chinese both write this way. */
const BOTH = /[云余别凭参台号并当据无没点采]/gu;

const holesOf = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');

/** Columns of a text; marks that stand on other letters take none. */
function columnsIn(text: string): number {
  let columns = 0;
  for (const each of text.replace(/\p{Mn}/gu, ''))
    columns += /[\p{Script=Han}\u3000-\u30ff\uff00-\uffef]/u.test(each) ? 2 : 1;
  return columns;
}

/** Everything that is wrong with the texts of every language. */
export const flaws = (): readonly Flaw[] => LANGUAGES.flatMap(flawsOf);

function flawsOf(language: Language): readonly Flaw[] {
  const source = textsOf(SOURCE);
  const texts = textsOf(language);
  const found: Flaw[] = [];
  const tell = (name: string, flaw: Flaw['flaw'], detail: string): void => {
    found.push({ language, name, flaw, detail });
  };
  for (const name of source.keys()) if (!texts.has(name)) tell(name, 'missing', '');
  for (const [name, message] of texts) {
    const original = source.get(name);
    if (original === undefined) tell(name, 'unknown', '');
    else for (const [flaw, detail] of wrongWith(message, original, language)) tell(name, flaw, detail);
    const room = ROOM.find(([which]) => which.test(name))?.[1] ?? Number.POSITIVE_INFINITY;
    for (const [, form] of formsOf(message)) if (columnsIn(form) > room) tell(name, 'too-long', form);
  }
  return found;
}

function* wrongWith(
  message: Message,
  original: Message,
  language: Language,
): Generator<readonly [Flaw['flaw'], string]> {
  const wanted = holesOf(
    formsOf(original)
      .map(([, form]) => form)
      .join(),
  );
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  if (
    typeof message !== 'string' &&
    Object.keys(message).sort().join() !== [...pluralCategories].sort().join()
  )
    yield ['plural', `needs ${pluralCategories.join(', ')}`];
  for (const [category, form] of formsOf(message)) {
    if (form.trim() === '') yield ['empty', category];
    const held = holesOf(form);
    if (held !== wanted && !(typeof message !== 'string' && mayLack(category, held, wanted)))
      yield ['holes', `${category}: ${held} instead of ${wanted}`];
    if (!isInScript(form, language)) yield ['script', form];
  }
}

/** "One item" says its number in words, and where there is none there is no sum either. All other forms say every figure. */
function mayLack(category: string, held: string, wanted: string): boolean {
  const holes = held.split(' ').filter((hole) => hole !== '');
  const all = wanted.split(' ');
  if (!holes.every((hole) => all.includes(hole))) return false;
  if (category === 'zero') return true;
  return ['one', 'two'].includes(category) && all.every((hole) => hole === '{count}' || holes.includes(hole));
}

function isInScript(text: string, language: Language): boolean {
  if (language === 'zh-TW') return !SIMPLIFIED.test(text.replace(BOTH, ''));
  // The test slip shows what a printer can do, in every language.
  return language === 'zh-CN' || !/\p{Script=Han}/u.test(text.replaceAll('汉字', ''));
}

/** Texts that one language has in the very words of another: forgotten, perhaps. */
export function sameTexts(language: Language, other: Language): readonly string[] {
  const there = textsOf(other);
  return [...textsOf(language)].flatMap(([name, message]) =>
    JSON.stringify(there.get(name)) === JSON.stringify(message) ? [name] : [],
  );
}
