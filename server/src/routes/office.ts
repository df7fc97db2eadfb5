import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { businessDay } from '../../../src/domain/business-day.ts';
import { toBase64url } from '../../../src/domain/bytes.ts';
import type { MerchantId, TillId } from '../../../src/domain/ids.ts';
import { LANGUAGES, type Language, type Shop } from '../../../src/domain/shop.ts';
import { makeCode } from '../access/enrolment.ts';
import { type Gate, type OfficeSession, SESSION_LIFETIME_MS } from '../access/gate.ts';
import { isSameText } from '../access/secrets.ts';
import { readBytes, SMALL_BODY_MAX } from '../http/body.ts';
import { type AppContext, type AppDeps, type AppEnv, isHttps } from '../http/context.ts';
import { RefusalError } from '../http/problem.ts';
import { dayCsv } from '../pages/csv.ts';
import { isDay } from '../pages/format.ts';
import { notice } from '../pages/layout.ts';
import { codePage, officePage, SALES_PER_PAGE } from '../pages/office-page.ts';
import { salePage } from '../pages/sale-page.ts';
import { textsOf } from '../pages/texts.ts';
import { entriesOfSale, entryAt } from '../storage/journal.ts';
import { firstMerchant, operatorName, shopOf, tillsOf } from '../storage/merchants.ts';
import { newestAlarms, quarantineCount } from '../storage/quarantine.ts';
import {
  countSales,
  openAttempts,
  refundsOfDay,
  type SaleRow,
  saleById,
  salesOfDay,
  totalsOfDay,
} from '../storage/reports.ts';
import type { Sql } from '../storage/sql.ts';

/** Alarms shown at once; older ones are counted in the metrics. */
const ALARMS_SHOWN = 50;
/** Rows of one CSV export: far beyond a shop's day. */
const CSV_ROWS_MAX = 50_000;

interface Visit {
  readonly session: OfficeSession;
  readonly shop: Shop;
  readonly language: Language;
}

/** Everything under /office. Opened by a one-time link that a till asks for; kept open by a cookie. */
export function officeApp(deps: AppDeps, gate: Gate, style: string): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const inside = (show: (c: AppContext, visit: Visit) => Promise<Response>) => async (c: AppContext) => {
    const session = gate.sessions.look(getCookie(c, cookieName(c)) ?? '');
    const shop = session && (await deps.database.read((sql) => shopOf(sql, session.merchant)));
    if (session === undefined || shop === undefined) return closed(c);
    c.set('merchant', session.merchant);
    return show(c, { session, shop, language: languageOf(c) ?? shop.language });
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
  const language = languageOf(c);
  return c.redirect(language === undefined ? '/office' : `/office?lang=${language}`, 303);
}

const languageOf = (c: AppContext): Language | undefined =>
  LANGUAGES.find((each) => each === c.req.query('lang'));

function closed(c: AppContext): Response | Promise<Response> {
  const language = languageOf(c) ?? (/^zh\b/i.test(c.req.header('accept-language') ?? 'zh') ? 'zh-CN' : 'en');
  const texts = textsOf(language);
  return c.html(notice({ language, title: texts.closed, hint: texts.closedHint }), 403);
}

async function showDay(c: AppContext, { database, clock }: AppDeps, visit: Visit): Promise<Response> {
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
    alarms: await newestAlarms(sql, merchant, ALARMS_SHOWN),
    held: await quarantineCount(sql, merchant),
  }));
  return c.html(officePage({ shop, language, day, today, page, formToken, ...found }));
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
  const form = new URLSearchParams(new TextDecoder().decode(await readBytes(c, SMALL_BODY_MAX)));
  if (!isOwnPage(c) || !isSameText(form.get('form') ?? '', session.formToken))
    throw new RefusalError('forbidden');
  const till = form.get('till') ?? undefined;
  const code = await makeCode(deps, session.merchant, till);
  deps.log.info('code-made', { requestId: c.get('requestId'), merchant: session.merchant, till });
  return c.html(codePage({ language, code, till }));
}

/**
 * Whether the form was sent by a page of this server. Browsers say `null` as origin under our referrer policy, so it
 * only counts when it names another place; the form's token decides in any case.
 */
function isOwnPage(c: AppContext): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = c.req.header('origin') ?? 'null';
  return origin === 'null' || URL.parse(origin)?.host === (c.req.header('host') ?? new URL(c.req.url).host);
}
