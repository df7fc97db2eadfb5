import { MAGIC_BASE } from '../../../../sandbox/amount-table.ts';
import type { WalletBench } from './wallet-bench.ts';

/** Real time that a test gives a host that will not answer. */
const IMPATIENT_MS = 150;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** A signal for a host that will not answer. */
export const impatient = (): AbortSignal => AbortSignal.timeout(IMPATIENT_MS);

/** The amount that asks the sandbox for a behaviour; ordinary from 900 on. */
export const magic = (digits: number): number => MAGIC_BASE + digits;

export type On = () => WalletBench;
