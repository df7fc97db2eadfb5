import { CONTRACT_VERSION, EnrolResponseSchema } from '../../../src/contract/api.ts';
import type { Shop } from '../shop/shop.ts';
import type { Time } from '../sim/time.ts';
import { CASHIER } from './flows.ts';
import type { TillJournal } from './journal.ts';
import { OWNER, SHOP } from './shop-facts.ts';

/** Pause between two looks whether the server is there, ms. */
const LOOK_MS = 10_000;

/** The till gets a key of this shop, or, as `till`, another one after it lost its own. Rejects when the server dies meanwhile. */
export async function enrol(
  journal: TillJournal,
  till: string | undefined,
  { shop, time }: { readonly shop: Shop; readonly time: Time },
): Promise<void> {
  while (!shop.isUp) await time.wait(LOOK_MS);
  const isFirst = shop.merchant === '';
  const setup = isFirst ? ((await (await shop.call('/api/setup')).json()) as { code: string }) : undefined;
  const code = setup?.code ?? (await shop.code(till));
  const { key, sig: proof } = await journal.enrolling.sign(new TextEncoder().encode(code), 'next');
  const facts = isFirst ? { shop: SHOP, owner: OWNER } : {};
  const body = JSON.stringify({ contract: CONTRACT_VERSION, code, key, proof, ...facts });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const answer = EnrolResponseSchema.parse(await (await shop.call('/api/enrol', init)).json());
  shop.merchant = answer.merchant;
  const { merchant, serverKey, head } = answer;
  const given = {
    merchant,
    till: answer.till,
    serverKey,
    training: false,
    shop: SHOP,
    operator: CASHIER,
  } as const;
  if (journal.writer.state === undefined)
    await journal.enrol({ ...given, ...(head === undefined ? {} : { serverHead: head.hash }) });
  else await journal.rekey(given);
}
