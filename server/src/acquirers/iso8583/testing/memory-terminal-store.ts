import {
  buried,
  nextAfter,
  type TerminalStore,
  type TradeChange,
  type TradeDraft,
  type TradeRecord,
  type TradeState,
  traceText,
  UNRESOLVED,
} from '../terminal-store.ts';

/** A store that a test can look into; it survives an adapter, not the process. */
export class MemoryTerminalStore implements TerminalStore {
  readonly records = new Map<string, TradeRecord>();
  readonly traces = new Map<string, number>();
  readonly #batches = new Map<string, string>();
  /** Called before every durable step, with its name: a test can look at the order, or fail it. */
  watch: (step: string) => void = () => {};

  async batchOf(terminal: string): Promise<string | undefined> {
    return this.#batches.get(terminal);
  }

  async openBatch(terminal: string, batch: string): Promise<void> {
    this.watch('open-batch');
    this.#batches.set(terminal, batch);
  }

  async nextTrace(terminal: string): Promise<string> {
    this.watch('next-trace');
    const trace = nextAfter(this.traces.get(terminal) ?? 0);
    this.traces.set(terminal, trace);
    return traceText(trace);
  }

  async begin(draft: TradeDraft): Promise<TradeRecord | undefined> {
    if (this.records.has(draft.reference)) return undefined;
    this.watch('begin');
    const trace = await this.nextTrace(draft.terminal);
    const record: TradeRecord = {
      ...draft,
      fields: { ...draft.fields, 11: trace },
      trace,
      state: 'sending',
      reversalReason: '98',
    };
    this.records.set(draft.reference, record);
    return record;
  }

  async bury(reference: string, at: number): Promise<TradeRecord | undefined> {
    if (this.records.has(reference)) return undefined;
    this.watch('bury');
    const record = buried(reference, at);
    this.records.set(reference, record);
    return record;
  }

  async find(reference: string): Promise<TradeRecord | undefined> {
    return this.records.get(reference);
  }

  async findByTrace(terminal: string, batch: string, trace: string): Promise<TradeRecord | undefined> {
    return this.#all().find(
      (each) => each.terminal === terminal && each.batch === batch && each.trace === trace,
    );
  }

  async move(
    reference: string,
    from: readonly TradeState[],
    change: TradeChange,
  ): Promise<TradeRecord | undefined> {
    const record = this.records.get(reference);
    if (record === undefined || !from.includes(record.state)) return undefined;
    this.watch(`move-${change.state}`);
    const moved = { ...record, ...change };
    this.records.set(reference, moved);
    return moved;
  }

  async unresolved(terminal: string): Promise<readonly TradeRecord[]> {
    return this.#all().filter((each) => each.terminal === terminal && UNRESOLVED.includes(each.state));
  }

  async ofBatch(terminal: string, batch: string): Promise<readonly TradeRecord[]> {
    return this.#all().filter((each) => each.terminal === terminal && each.batch === batch);
  }

  #all(): TradeRecord[] {
    return [...this.records.values()];
  }
}
