import type { DeviceProblem } from './device-problems.ts';
import type { ErrorCode, ErrorText } from './error-codes.ts';
import type { Message } from './message.ts';
import type { PaymentProblemTexts } from './payment-problems.ts';
import type { ZH_CN } from './zh-cn.ts';
import type { BooksKey } from './zh-cn-books.ts';
import type { CounterKey } from './zh-cn-counter.ts';
import type { HelpKey } from './zh-cn-help.ts';
import type { ZH_CN_MACHINE } from './zh-cn-machine.ts';
import type { PaymentKey } from './zh-cn-payments.ts';
import type { WizardKey } from './zh-cn-wizard.ts';

/** The name of a text. The Chinese catalogue says which there are. */
export type Key = keyof typeof ZH_CN;
export type MachineKey = keyof typeof ZH_CN_MACHINE;

/** What the keypad and the frame around it say: the till is not shown without them. A missing key does not compile. */
export type Words = Readonly<Record<Key, Message>>;

/** What pages say that come after the keypad, by area. They follow in a chunk of their own, before the first such page. */
export interface More {
  readonly errors: Readonly<Record<ErrorCode, ErrorText>>;
  readonly payments: Readonly<Record<PaymentKey, Message>>;
  readonly paymentProblems: PaymentProblemTexts;
  readonly counter: Readonly<Record<CounterKey, Message>>;
  readonly deviceProblems: Readonly<Record<DeviceProblem, ErrorText>>;
  readonly wizard: Readonly<Record<WizardKey, Message>>;
  readonly books: Readonly<Record<BooksKey, Message>>;
  readonly help: Readonly<Record<HelpKey, Message>>;
}

/** Every word of one language. */
export interface Catalogue {
  readonly words: Words;
  /** Absent until it has been fetched. */
  readonly more?: More;
}
