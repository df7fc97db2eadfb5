import { html } from 'hono/html';
import type { Currency, Minor } from '../../../src/domain/money.ts';
import { formatMoney } from '../../../src/domain/money-format.ts';
import type { Language, Shop } from '../../../src/domain/shop.ts';
import type { Tender } from '../../../src/domain/tender.ts';
import type { OrderState } from '../payments/standing.ts';
import type { Alarm } from '../storage/quarantine.ts';
import { dateTime } from './format.ts';
import type { Html } from './layout.ts';
import type { Texts } from './texts.ts';

/** What is known of the payment that an alarm is about. */
export interface AlarmEvidence {
  readonly tender: Tender;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly state: OrderState;
  /** Coded. */
  readonly reason: string | null;
  readonly settledAt: number | null;
  readonly channelId?: string;
  /** A manager's words at the till. */
  readonly evidence?: string;
}

export interface AlarmsView {
  readonly shop: Shop;
  readonly language: Language;
  readonly alarms: readonly (Alarm & {
    readonly raised_at: number;
    readonly known?: AlarmEvidence | undefined;
  })[];
  readonly held: number;
  /** Booked by tills and held by nobody, for each currency that has any. */
  readonly disputed: readonly { readonly currency: Currency; readonly amount: Minor }[];
}

/** What somebody should look at, newest first, each with what is known of it; or that there is nothing. */
export function alarmsSection(view: AlarmsView, texts: Texts): Html {
  const { alarms: rows, held, shop, language, disputed } = view;
  if (rows.length === 0 && held === 0) return html`<p class="fine">✓ ${texts.noAlarms}</p>`;
  return html`<section class="alarms" aria-label="${texts.alarms}"><h2>⚠ ${texts.alarms}</h2>
${held === 0 ? '' : html`<p>${texts.held(held)}</p>`}
${disputed.map(
  ({ amount, currency }) =>
    html`<p>${texts.alarm.disputed} <b data-testid="disputed">${formatMoney(amount, currency, language)}</b></p>`,
)}
<ul>${rows.map(
    (
      each,
    ) => html`<li><b>${placeOf(each)}</b> <span class="quiet">${dateTime(each.raised_at, shop, language)}</span>
<p>${texts.alarm.kinds[each.kind]} ${texts.alarm.gaps[each.detail] ?? ''}</p>${each.known === undefined ? '' : evidence(each.detail, each.known, view, texts)}</li>`,
  )}</ul></section>`;
}

/** Alarms of payments may have no place in a journal. */
const placeOf = ({ till, epoch, seq }: Alarm): string => (seq === 0 ? till : `${till} · ${epoch}-${seq}`);

function evidence(
  reference: string,
  known: AlarmEvidence,
  { shop, language }: Pick<AlarmsView, 'shop' | 'language'>,
  { alarm, tenders }: Texts,
): Html {
  const { tender, amount, currency, state, reason, settledAt, channelId } = known;
  const settled = settledAt === null ? '' : ` ${dateTime(settledAt, shop, language)}`;
  const facts = [
    `${tenders[tender]} ${formatMoney(amount, currency, language)}`,
    `${alarm.order}: ${alarm.states[state]}${settled}${reason === null ? '' : ` (${reason})`}`,
    `${alarm.reference} ${reference}`,
    ...(channelId === undefined ? [] : [`${alarm.channelNumber} ${channelId}`]),
    ...(known.evidence === undefined ? [] : [`${alarm.evidence}: ${known.evidence}`]),
  ];
  return html`<ul class="quiet evidence">${facts.map((each) => html`<li>${each}</li>`)}</ul>`;
}
