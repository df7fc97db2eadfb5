import type { ErrorCode, ErrorText } from './error-codes.ts';
import type { Message } from './message.ts';
import type { ZH_CN } from './zh-cn.ts';
import type { ZH_CN_MACHINE } from './zh-cn-machine.ts';

/** The name of a text. The Chinese catalogue says which there are. */
export type Key = keyof typeof ZH_CN;
export type MachineKey = keyof typeof ZH_CN_MACHINE;

/** Every word of one language. A key that lacks a translation does not compile. */
export interface Catalogue {
  readonly words: Readonly<Record<Key, Message>>;
  /** Absent until they have been fetched: the first paint does without. */
  readonly errors?: Readonly<Record<ErrorCode, ErrorText>>;
}
