import type { Attempt, AttemptState } from '../../src/domain/attempt.ts';
import type { Rail } from '../../src/flow/payment/rail.ts';
import type { Recovered } from '../../src/store/worker/recover.ts';

/** What may be spoiled at a till, so that the storm can be seen to find it. The product's files stay as they are. */
export interface Bug {
  rail(rail: Rail, attempt: Attempt): Rail;
  recovered(recovered: Recovered): Recovered;
  /** States whose entry is written only after the request that it announces has left: ms later. */
  readonly late: Readonly<Partial<Record<AttemptState, number>>>;
}

const NONE: Bug = { rail: (rail) => rail, recovered: (recovered) => recovered, late: {} };

/** The next id, as a till would make one that begins again. */
const another = (id: string): Attempt['attemptId'] =>
  `${id.slice(0, -4)}${(Number.parseInt(id.slice(-4), 16) ^ 0x5a5a).toString(16).padStart(4, '0')}` as Attempt['attemptId'];

/** Mistakes that real tills have made (facts: reliability 2.4, 7). */
export const BUGS = {
  none: NONE,
  /** When nobody answers, the customer is charged again under a new number. */
  'charge-again': {
    ...NONE,
    rail: (rail, attempt) =>
      rail.undo === 'ask' || attempt.method === 'reader' || attempt.method === undefined
        ? rail
        : {
            ...rail,
            inquire: async (of) => {
              const told = await rail.inquire(of);
              if (told.kind !== 'no-answer' && told.kind !== 'not-found') return told;
              return rail.send(
                { ...of, attemptId: another(of.attemptId) },
                {
                  secret: { code: '137700770012345678' },
                  signal: new AbortController().signal,
                  waiting: () => undefined,
                  sent: () => undefined,
                },
              );
            },
          },
  },
  /** The record of what may have to be reversed is saved after the request was sent. */
  'saved-after-sending': { ...NONE, late: { sending: 400, reversing: 400 } },
  /** After a lost tail the old numbers are given again. */
  'number-reused': {
    ...NONE,
    recovered: (recovered) =>
      recovered.repair === undefined
        ? recovered
        : { ...recovered, repair: { ...recovered.repair, newEpoch: false } },
  },
} as const satisfies Record<string, Bug>;
export type BugName = keyof typeof BUGS;
