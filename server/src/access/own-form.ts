import { readBytes, SMALL_BODY_MAX } from '../http/body.ts';
import type { AppContext } from '../http/context.ts';
import { RefusalError } from '../http/problem.ts';
import type { OfficeSession } from './gate.ts';
import { isSameText } from './secrets.ts';

/** The fields of an office form. Throws RefusalError `forbidden` when it was not sent by a page of this session. */
export async function readOwnForm(c: AppContext, { formToken }: OfficeSession): Promise<URLSearchParams> {
  const form = new URLSearchParams(new TextDecoder().decode(await readBytes(c, SMALL_BODY_MAX)));
  if (!isOwnPage(c) || !isSameText(form.get('form') ?? '', formToken)) throw new RefusalError('forbidden');
  return form;
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
