import type { Approval } from '../../../../src/domain/approval.ts';
import type { Purpose } from '../../../../src/domain/attempt.ts';
import type { Minor } from '../../../../src/domain/money.ts';
import { type Database, one, type Sql, type SqlValue } from '../../storage/sql.ts';
import type { IsoFields } from './codec.ts';
import {
  buried,
  nextAfter,
  type ReversalReason,
  type TerminalStore,
  type TradeChange,
  type TradeDraft,
  type TradeRecord,
  type TradeState,
  traceText,
  UNRESOLVED,
} from './terminal-store.ts';

interface Row {
  readonly reference: string;
  readonly terminal: string;
  readonly batch: string;
  readonly trace: string | null;
  readonly purpose: Purpose;
  readonly amount: Minor;
  readonly original: string | null;
  readonly made_at: number;
  readonly mti: string;
  readonly fields: string;
  readonly state: TradeState;
  readonly reason: string | null;
  readonly reversal_reason: ReversalReason;
  readonly approval: string | null;
  readonly emv: string | null;
}

const COLUMNS =
  'reference, terminal, batch, trace, purpose, amount, original, made_at, mti, fields, state, reason, reversal_reason, approval, emv';

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** The terminals of one merchant, or of the server ('*'), in the server's own database. */
export class SqlTerminalStore implements TerminalStore {
  readonly #database: Database;
  readonly #merchant: string;

  constructor(database: Database, merchant: string) {
    this.#database = database;
    this.#merchant = merchant;
  }

  async batchOf(terminal: string): Promise<string | undefined> {
    const text = 'SELECT batch FROM bank_terminal WHERE merchant = ? AND terminal = ?';
    const row = await this.#database.read((sql) =>
      one<{ batch: string | null }>(sql, text, [this.#merchant, terminal]),
    );
    return row?.batch ?? undefined;
  }

  async openBatch(terminal: string, batch: string): Promise<void> {
    await this.#database.transaction((sql) =>
      sql.run(
        `INSERT INTO bank_terminal (merchant, terminal, last_trace, batch) VALUES (?, ?, 0, ?)
         ON CONFLICT (merchant, terminal) DO UPDATE SET batch = excluded.batch`,
        [this.#merchant, terminal, batch],
      ),
    );
  }

  nextTrace(terminal: string): Promise<string> {
    return this.#database.transaction((sql) => this.#takeTrace(sql, terminal));
  }

  begin(draft: TradeDraft): Promise<TradeRecord | undefined> {
    return this.#database.transaction(async (sql) => {
      if ((await this.#find(sql, draft.reference)) !== undefined) return undefined;
      const trace = await this.#takeTrace(sql, draft.terminal);
      const fields = { ...draft.fields, 11: trace };
      const record: TradeRecord = { ...draft, fields, trace, state: 'sending', reversalReason: '98' };
      await this.#insert(sql, record);
      return record;
    });
  }

  bury(reference: string, at: number): Promise<TradeRecord | undefined> {
    return this.#database.transaction(async (sql) => {
      if ((await this.#find(sql, reference)) !== undefined) return undefined;
      const record = buried(reference, at);
      await this.#insert(sql, record);
      return record;
    });
  }

  find(reference: string): Promise<TradeRecord | undefined> {
    return this.#database.read((sql) => this.#find(sql, reference));
  }

  async findByTrace(terminal: string, batch: string, trace: string): Promise<TradeRecord | undefined> {
    const [record] = await this.#select('terminal = ? AND batch = ? AND trace = ?', [terminal, batch, trace]);
    return record;
  }

  move(
    reference: string,
    from: readonly TradeState[],
    change: TradeChange,
  ): Promise<TradeRecord | undefined> {
    return this.#database.transaction(async (sql) => {
      const record = await this.#find(sql, reference);
      if (record === undefined || !from.includes(record.state)) return undefined;
      const moved = { ...record, ...change };
      await sql.run(
        `UPDATE bank_trade SET state = ?, reason = ?, reversal_reason = ?, approval = ?, emv = ?
         WHERE merchant = ? AND reference = ?`,
        [
          moved.state,
          moved.reason ?? null,
          moved.reversalReason,
          moved.approval === undefined ? null : JSON.stringify(moved.approval),
          moved.emv ?? null,
          this.#merchant,
          reference,
        ],
      );
      return moved;
    });
  }

  unresolved(terminal: string): Promise<readonly TradeRecord[]> {
    return this.#select(`terminal = ? AND state IN (${marks(UNRESOLVED)})`, [terminal, ...UNRESOLVED]);
  }

  ofBatch(terminal: string, batch: string): Promise<readonly TradeRecord[]> {
    return this.#select('terminal = ? AND batch = ?', [terminal, batch]);
  }

  #select(where: string, values: readonly SqlValue[]): Promise<readonly TradeRecord[]> {
    const text = `SELECT ${COLUMNS} FROM bank_trade WHERE merchant = ? AND ${where} ORDER BY made_at, trace`;
    return this.#database.read(async (sql) =>
      (await sql.all<Row>(text, [this.#merchant, ...values])).map(recordOf),
    );
  }

  async #find(sql: Sql, reference: string): Promise<TradeRecord | undefined> {
    const text = `SELECT ${COLUMNS} FROM bank_trade WHERE merchant = ? AND reference = ?`;
    const row = await one<Row>(sql, text, [this.#merchant, reference]);
    return row === undefined ? undefined : recordOf(row);
  }

  async #takeTrace(sql: Sql, terminal: string): Promise<string> {
    const at = [this.#merchant, terminal];
    const text = 'SELECT last_trace FROM bank_terminal WHERE merchant = ? AND terminal = ?';
    const row = await one<{ last_trace: number }>(sql, text, at);
    const trace = nextAfter(row?.last_trace ?? 0);
    await sql.run(
      `INSERT INTO bank_terminal (merchant, terminal, last_trace, batch) VALUES (?, ?, ?, NULL)
       ON CONFLICT (merchant, terminal) DO UPDATE SET last_trace = excluded.last_trace`,
      [...at, trace],
    );
    return traceText(trace);
  }

  async #insert(sql: Sql, record: TradeRecord): Promise<void> {
    const values: readonly SqlValue[] = [
      this.#merchant,
      record.reference,
      record.terminal,
      record.batch,
      record.trace || null,
      record.purpose,
      record.amount,
      record.original ?? null,
      record.at,
      record.mti,
      JSON.stringify({ ...record.fields }),
      record.state,
      record.reversalReason,
    ];
    await sql.run(
      `INSERT INTO bank_trade (merchant, reference, terminal, batch, trace, purpose, amount, original, made_at, mti, fields, state, reversal_reason)
       VALUES (${marks(values)})`,
      values,
    );
  }
}

function recordOf(row: Row): TradeRecord {
  return {
    reference: row.reference,
    terminal: row.terminal,
    batch: row.batch,
    trace: row.trace ?? '',
    purpose: row.purpose,
    amount: row.amount,
    at: row.made_at,
    mti: row.mti,
    // Written here and nowhere else.
    fields: JSON.parse(row.fields) as IsoFields,
    state: row.state,
    reversalReason: row.reversal_reason,
    ...(row.original === null ? {} : { original: row.original }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.approval === null ? {} : { approval: JSON.parse(row.approval) as Approval }),
    ...(row.emv === null ? {} : { emv: row.emv }),
  };
}
