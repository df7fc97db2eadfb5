import * as z from 'zod/mini';
import { add, ZERO } from '../../domain/money.ts';
import { kit } from '../../domain/schema.ts';
import type { SalePayment } from '../../domain/tender.ts';

/** What was taken on trust since the server was last heard: sum in minor units, pieces, and when the first of it was, ms. */
const UseSchema = z.strictObject({
  since: kit.instant,
  sum: kit.positiveAmount,
  count: z.int().check(z.minimum(0)),
});
export type OfflineUse = z.infer<typeof UseSchema>;

export interface OfflineMeterPorts {
  now(): number;
  keep(use: OfflineUse | null): Promise<void>;
  kept(): Promise<unknown>;
}

/** Counts what is taken on trust while the server is away, across restarts. Cleared when the server holds every entry. */
export class OfflineMeter {
  #use: OfflineUse | undefined;
  readonly #ports: OfflineMeterPorts;

  constructor(ports: OfflineMeterPorts) {
    this.#ports = ports;
  }

  get use(): OfflineUse | undefined {
    return this.#use;
  }

  /** A damaged note counts as none: it limits risk, it is not the books. */
  async load(): Promise<void> {
    const read = UseSchema.safeParse(await this.#ports.kept());
    if (read.success) this.#use = read.data;
  }

  async took(payments: readonly SalePayment[]): Promise<void> {
    for (const { amount } of payments) {
      const { since = this.#ports.now(), sum = ZERO, count = 0 } = this.#use ?? {};
      this.#use = { since, sum: add(sum, amount), count: count + 1 };
    }
    if (payments.length > 0 && this.#use !== undefined) await this.#ports.keep(this.#use);
  }

  async clear(): Promise<void> {
    if (this.#use === undefined) return;
    this.#use = undefined;
    await this.#ports.keep(null);
  }
}
