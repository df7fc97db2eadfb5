import * as z from 'zod/mini';
import { type AmountEntry, EMPTY_ENTRY, ENTRY_LENGTH_MAX } from '../../domain/amount-entry.ts';
import { LINES_MAX, LineSchema } from '../../domain/sale.ts';
import { kit } from '../../domain/schema.ts';
import type { Editing } from './checkout-model.ts';

/** The basket as it is kept beside the journal, so that a reload does not empty it. No money has moved for it. */
export const DraftSchema = z.strictObject({
  entry: kit.branded<AmountEntry>(new RegExp(`^[0-9.+×]{0,${ENTRY_LENGTH_MAX}}$`), 'an amount entry'),
  lines: z.readonly(z.array(LineSchema).check(z.maxLength(LINES_MAX))),
});
export type Draft = z.infer<typeof DraftSchema>;

/** The basket that was kept, under what has been typed since the page opened: no key that was pressed is ever lost. */
export const withDraft = ({ lines, entry, discount }: Editing, draft: Draft): Editing => ({
  at: 'editing',
  entry: entry === EMPTY_ENTRY ? draft.entry : entry,
  lines: [...draft.lines, ...lines].slice(-LINES_MAX),
  discount,
});
