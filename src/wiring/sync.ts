import type { Countersigned } from '../contract/api.ts';
import { SyncRunner } from '../flow/sync/runner.ts';
import type { ServerClient } from '../remote/server-client.ts';
import type { JournalClient } from '../store/journal-client.ts';
import type { ShopFacts } from './shop-facts.ts';
import { systemChance, systemTimer } from './system.ts';

export interface SyncParts {
  readonly journal: JournalClient;
  readonly server: ServerClient;
  readonly facts: ShopFacts;
  /** The server's clock, ms. */
  told(serverTime: number): void;
  alarm(error: unknown): void;
}

/** The journal's way to the server. */
export function newSync({ journal, server, facts, told, alarm }: SyncParts): SyncRunner {
  return new SyncRunner({
    journal: {
      get status() {
        return journal.status;
      },
      unsent: (limit) => journal.unsent(limit),
      acknowledge: (countersigned) => journal.acknowledge(countersigned),
      reconcile: async (countersigned) => void (await journal.reconcile(countersigned)),
      park: (position, reason) => journal.park(position, reason),
    },
    network: {
      ingest: (request) => server.ingest(request),
      head: async (): Promise<Countersigned | undefined> => {
        const answer = await server.head();
        return answer.kind === 'ok' ? answer.value.countersigned : undefined;
      },
    },
    timer: systemTimer,
    chance: systemChance,
    identity: () => facts.identity,
    serverTime: told,
    alarm,
  });
}
