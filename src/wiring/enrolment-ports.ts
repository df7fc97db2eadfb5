import type { EnrolResponse } from '../contract/api.ts';
import type { Operator } from '../domain/role.ts';
import type { EnrolmentPorts } from '../flow/enrolment/enrolment.ts';
import type { OperatorVault } from '../flow/lock/operators.ts';
import { FlowError } from '../flow/services.ts';
import type { ServerClient } from '../remote/server-client.ts';
import type { JournalClient } from '../store/journal-client.ts';
import type { ShopFacts } from './shop-facts.ts';

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** What enrolment asks of the journal, the server and the vault. */
export function enrolmentPorts(
  journal: JournalClient,
  server: ServerClient,
  facts: ShopFacts,
  operators: OperatorVault,
): EnrolmentPorts {
  return {
    operators,
    newKey: () => journal.createKey(),
    sign: async (text) => (await journal.sign(utf8(text), 'next')).sig,
    enrol: (request) => server.enrol(request),
    async adopt({ merchant, till, shop, serverKey, head }: EnrolResponse, operator: Operator) {
      // A code for another till: this one keeps its own journal and goes on as it was.
      if (facts.identity !== undefined && facts.identity.till !== till) throw new FlowError('code-unknown');
      const founding = { merchant, till, shop, serverKey, training: false, operator: operator.id };
      const enrolment = { ...founding, ...(head === undefined ? {} : { serverHead: head.hash }) };
      const identity = await (facts.needsRekey ? journal.rekey(enrolment) : journal.enrol(enrolment));
      await facts.keep(shop, identity);
      await journal.append([{ type: 'operator.added', body: operator }], operator.id);
      await journal.requestPersist();
    },
  };
}
