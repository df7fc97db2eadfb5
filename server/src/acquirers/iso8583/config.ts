import type { Clock } from '../../../../src/domain/clock.ts';
import type { BaseKey, TerminalSecrets } from './keys/terminal-keys.ts';
import type { TerminalStore } from './terminal-store.ts';

/** One terminal of the merchant, as the acquirer registered it. Keys are hex; none of it is ever logged. */
export interface TerminalConfig {
  /** 终端编号, 8 characters. */
  readonly terminal: string;
  /** Terminal master key (TMK), 16 bytes. */
  readonly masterKey: string;
  /** The tills that use it; a till that is named nowhere uses the first terminal. */
  readonly tills?: readonly string[];
}

/** A base derivation key of readers (BDK), as the key injection facility names it. */
export interface ReaderKeyConfig {
  readonly scheme: BaseKey['scheme'];
  /** First hex digits of the key serial numbers it is for. */
  readonly ksnPrefix: string;
  readonly key: string;
  readonly trackKey?: 'data' | 'pin';
}

/** The host of an acquirer and what it knows of the shop. */
export interface Iso8583Config {
  readonly host: string;
  readonly port: number;
  /** TLS to the host, where it has it: its certificate authority as PEM, or `true` for the public ones. */
  readonly tls?: true | string;
  /** 商户编号, 15 characters. */
  readonly merchantNumber: string;
  readonly terminals: readonly TerminalConfig[];
  readonly readerKeys: readonly ReaderKeyConfig[];
  /** How messages are sealed. Default X9.19. */
  readonly mac?: TerminalSecrets['mac'];
  /** Ten hex digits. Default 6000030000. */
  readonly tpdu?: string;
  /** Twelve hex digits. Default 603100310000. */
  readonly header?: string;
  /** Three characters, field 63. Default 01. */
  readonly operator?: string;
  /** How long to wait for an answer, ms. Default 45,000. */
  readonly answerMs?: number;
  /** How long to wait for a connection, ms. Default 10,000. */
  readonly connectMs?: number;
  /** The host is a sandbox: every approval says so. */
  readonly demo?: boolean;
}

export interface Timer {
  /** Calls once after `ms`. Returns what cancels it. */
  after(ms: number, action: () => void): () => void;
}

export interface Iso8583Deps {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly store: TerminalStore;
}

export const DEFAULTS = {
  tpdu: '6000030000',
  header: '603100310000',
  operator: '01',
  answerMs: 45_000,
  connectMs: 10_000,
} as const;
