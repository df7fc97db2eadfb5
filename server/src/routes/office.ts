import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { businessDay } from '../../../src/domain/business-day.ts';
import { toBase64url } from '../../../src/domain/bytes.ts';
import { hex, type MerchantId, type TillId } from '../../../src/domain/ids.ts';
import { LANGUAGES, type Language, languageOf } from '../../../src/domain/language.ts';
import { makeCode } from '../access/enrolment.ts';
import { type Gate, SESSION_LIFETIME_MS } from '../access/gate.ts';
import { readOwnForm } from '../access/own-form.ts';
import { type AppContext, type AppDeps, type AppEnv, isHttps } from '../http/context.ts';
import { RefusalError } from '../http/problem.ts';
import { dayCsv } from '../pages/csv.ts';
import { isDay } from '../pages/format.ts';
import { notice } from '../pages/layout.ts';
import { codePage, officePage, SALES_PER_PAGE } from '../pages/office-page.ts';
import { salePage } from '../pages/sale-page.ts';
import { ACCOUNTS_SHOWN } from '../pages/stored-value-section.ts';
import { textsOf } from '../pages/texts.ts';
import { entriesOfSale, entryAt } from '../storage/journal.ts';
import { firstMerchant, operatorName, shopOf, tillsOf } from '../storage/merchants.ts';
import { newestAlarms, quarantineCount } from '../storage/quarantine.ts';
import {
  countSales,
  disputedSums,
  openAttempts,
  refundsOfDay,
  type SaleRow,
  saleById,
  salesOfDay,
  totalsOfDay,
} from '../storage/reports.ts';
import type { Sql } from '../storage/sql.ts';
import { alarmsKnown } from './office-alarms.ts';
import { changeStoredValue } from './office-stored-value.ts';
import type { Visit } from './office-visit.ts';

/** Alarms shown at once; older ones are counted in the metrics. */
const ALARMS_SHOWN = 50;
/** Rows of one CSV export: far beyond a shop's day. */
const CSV_ROWS_MAX = 50_000;

/** Everything under /office. Opened by a one-time link that a till asks for; kept open by a cookie. */
export function officeApp(deps: AppDeps, gate: Gate, style: string): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const inside = (show: (c: AppContext, visit: Visit) => Promise<Response>) => async (c: AppContext) => {
    const session = gate.sessions.look(getCookie(c, cookieName(c)) ?? '');
    const shop = session && (await deps.database.read((sql) => shopOf(sql, session.merchant)));
    if (session === undefined || shop === undefined) return closed(c);
    c.set('merchant', session.merchant);
    return show(c, { session, shop, language: askedLanguage(c) ?? shop.language });
  };
  app.get('/style.css', (c) => {
    c.header('content-type', 'text/css; charset=utf-8');
    c.header('cache-control', 'public, max-age=300');
    return c.body(style);
  });
  app.get('/', (c) =>
    c.req.query('ticket') === undefined
      ? inside((c, visit) => showDay(c, deps, visit))(c)
      : enter(c, deps, gate),
  );
  app.get(
    '/sales/:saleId',
    inside((c, visit) => showSale(c, deps, visit)),
  );
  app.get(
    '/day.csv',
    inside((c, visit) => exportDay(c, deps, visit)),
  );
  app.post(
    '/code',
    inside((c, visit) => giveCode(c, deps, visit)),
  );
  app.post(
    '/stored-value',
    inside((c, visit) => changeStoredValue(c, deps, visit)),
  );
  return app;
}

/** `__Host-` binds the cookie to this very host over TLS; a counter PC without TLS can only have a plain one. */
const cookieName = (c: AppContext): string => (isHttps(c) ? '__Host-xiaoji-office' : 'xiaoji-office');

/** An embedded server has one shop: the ticket of its console is for that one. */
async function fromConsole({ database, takeConsoleTicket }: AppDeps, ticket: string) {
  return ticket !== '' && takeConsoleTicket(ticket) ? database.read(firstMerchant) : undefined;
}

async function enter(c: AppContext, deps: AppDeps, gate: Gate): Promise<Response> {
  gate.limit(c, 'ticket');
  const { random } = deps;
  const ticket = c.req.query('ticket') ?? '';
  const merchant = gate.tickets.take(ticket) ?? (await fromConsole(deps, ticket));
  if (merchant === undefined) return closed(c);
  const session = gate.sessions.issue({ merchant, formToken: toBase64url(random.bytes(16)) });
  setCookie(c, cookieName(c), session, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: isHttps(c),
    maxAge: SESSION_LIFETIME_MS / 1_000,
  });
  const language = askedLanguage(c);
  return c.redirect(language === undefined ? '/office' : `/office?lang=${language}`, 303);
}

const askedLanguage = (c: AppContext): Language | undefined =>
  LANGUAGES.find((each) => each === c.req.query('lang'));

function closed(c: AppContext): Response | Promise<Response> {
  const language = askedLanguage(c) ?? languageOf(c.req.header('accept-language') ?? 'zh');
  const texts = textsOf(language);
  return c.html(notice({ language, title: texts.closed, hint: texts.closedHint }), 403);
}

async function showDay(c: AppContext, deps: AppDeps, visit: Visit): Promise<Response> {
  const { database, clock, random } = deps;
  const { session, shop, language } = visit;
  const today = businessDay(clock.now(), shop);
  const asked = c.req.query('day') ?? '';
  const day = isDay(asked) ? asked : today;
  const page = /^\d{1,4}$/.test(c.req.query('page') ?? '') ? Number(c.req.query('page')) : 0;
  const { merchant, formToken } = session;
  const found = await database.read(async (sql) => ({
    count: await countSales(sql, merchant, day),
    totals: await totalsOfDay(sql, merchant, day),
    refunds: await refundsOfDay(sql, merchant, day),
    open: await openAttempts(sql, merchant),
    sales: await salesOfDay(sql, merchant, day, { limit: SALES_PER_PAGE, offset: page * SALES_PER_PAGE }),
    tills: await tillsOf(sql, merchant),
    alarms: await alarmsKnown(sql, merchant, await newestAlarms(sql, merchant, ALARMS_SHOWN)),
    disputed: await disputedSums(sql, merchant),
    held: await quarantineCount(sql, merchant),
  }));
  const list = await deps.payments.storedValue.list(merchant, ACCOUNTS_SHOWN);
  const storedValue = { ...list, reference: hex(random.bytes(16)) };
  return c.html(officePage({ shop, language, day, today, page, formToken, storedValue, ...found }));
}

async function showSale(c: AppContext, { database }: AppDeps, visit: Visit): Promise<Response> {
  const { session, shop, language } = visit;
  const found = await database.read((sql) => readSale(sql, session.merchant, c.req.param('saleId') ?? ''));
  if (found === undefined) {
    const texts = textsOf(language);
    return c.html(notice({ language, title: texts.notFound, hint: texts.receiptMissing }), 404);
  }
  return c.html(salePage({ shop, language, ...found }));
}

async function readSale(sql: Sql, merchant: string, saleId: string) {
  const sale = await saleById(sql, merchant, saleId);
  if (sale === undefined) return undefined;
  const place = { merchant: merchant as MerchantId, till: sale.till as TillId };
  const signed = await entryAt(sql, place, sale.epoch, sale.seq);
  if (signed?.entry.type !== 'sale.completed') return undefined;
  const operator = (await operatorName(sql, merchant, sale.operator_id)) ?? sale.operator_id;
  return { entry: signed.entry, operator, entries: await entriesOfSale(sql, merchant, saleId) };
}

async function exportDay(
  c: AppContext,
  { database }: AppDeps,
  { session, language }: Visit,
): Promise<Response> {
  const day = c.req.query('day') ?? '';
  if (!isDay(day)) throw new RefusalError('malformed-body');
  const { merchant } = session;
  const { sales, names } = await database.read(async (sql) => {
    const sales: readonly SaleRow[] = await salesOfDay(sql, merchant, day, {
      limit: CSV_ROWS_MAX,
      offset: 0,
    });
    const names = new Map<string, string>();
    for (const id of new Set(sales.map((sale) => sale.operator_id))) {
      names.set(id, (await operatorName(sql, merchant, id)) ?? id);
    }
    return { sales, names };
  });
  c.header('content-type', 'text/csv; charset=utf-8');
  c.header('content-disposition', `attachment; filename="sales-${day}.csv"`);
  return c.body(dayCsv(sales, textsOf(language), (id) => names.get(id) ?? id));
}

async function giveCode(c: AppContext, deps: AppDeps, { session, language }: Visit): Promise<Response> {
  const form = await readOwnForm(c, session);
  const till = form.get('till') ?? undefined;
  const code = await makeCode(deps, session.merchant, till);
  deps.log.info('code-made', { requestId: c.get('requestId'), merchant: session.merchant, till });
  return c.html(codePage({ language, code, till }));
}
