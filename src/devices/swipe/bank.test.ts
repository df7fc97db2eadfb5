import { describe, expect, test } from 'vitest';
import { useAdapter } from '../../../server/src/acquirers/iso8583/testing/adapter-fixture.ts';
import type { CardData } from '../../domain/card-data.ts';
import { minor } from '../../domain/money.ts';
import { magneSafeDriver } from '../drivers/msr-magnesafe/driver.ts';
import { MAGNESAFE_MATCHES } from '../drivers/msr-magnesafe/match.ts';
import { secureMagDriver } from '../drivers/msr-securemag/driver.ts';
import { SECUREMAG_MATCHES } from '../drivers/msr-securemag/match.ts';
import type { ReaderSession } from '../kept/kept-reader.ts';
import type { HidCore } from '../simulators/browser/cores.ts';
import { MagneSafeReader } from '../simulators/msr-magnesafe/magnesafe-reader.ts';
import { SecureMagReader } from '../simulators/msr-securemag/securemag-reader.ts';
import type { FakeTimers } from '../testing/fake-timers.ts';
import type { RigDriver } from '../testing/kept-rigs.ts';
import { readInOneBlock, swipeRig } from '../testing/swipe-rigs.ts';
import type { SwipeSettings } from './swipe-session.ts';

const settings = (timers: FakeTimers): SwipeSettings => ({ timers });
const MAGNESAFE: RigDriver<ReaderSession, SwipeSettings> = {
  driver: magneSafeDriver,
  match: MAGNESAFE_MATCHES,
  settings,
};
const SECUREMAG: RigDriver<ReaderSession, SwipeSettings> = {
  driver: secureMagDriver,
  match: SECUREMAG_MATCHES,
  settings,
};
const KEY = '0123456789ABCDEFFEDCBA9876543210';
/** One line for each set of readers, as the key injection facility names them. */
const READER_KEYS = [
  { scheme: 'dukpt-tdes', ksnPrefix: 'FFFF9876543210', key: KEY },
  { scheme: 'dukpt-tdes', ksnPrefix: 'FFFF9876543211', key: KEY, trackKey: 'pin' },
] as const;

async function swiped<Core extends HidCore & { swipe(): void }>(
  core: Core,
  driver: RigDriver<ReaderSession, SwipeSettings>,
): Promise<CardData> {
  const { reader } = await swipeRig(core, driver);
  const request = { amount: minor(1250), currency: 'CNY', purpose: 'sale', timeoutMs: 60_000 } as const;
  const presented = reader.start(request, () => undefined, new AbortController().signal);
  core.swipe();
  const outcome = await presented;
  if (outcome.kind !== 'online-request') throw new Error(outcome.kind);
  return outcome.card;
}

describe('a swipe on a simulated reader is authorised by the bank', () => {
  const fixture = useAdapter();
  const original = () =>
    readInOneBlock(
      'FFFF9876543210E00100',
      '%B4761739001010010^TEST/CARD^30121010000000000?',
      ';4761739001010010=30121010000000000000?',
    );

  test.each([
    ['MagneSafe V5', () => swiped(new MagneSafeReader(), MAGNESAFE)],
    ['SecureMag, enhanced structure', () => swiped(new SecureMagReader(), SECUREMAG)],
    [
      'SecureMag, original structure',
      () => swiped(new SecureMagReader({ stripe: original, structure: 'original' }), SECUREMAG),
    ],
  ] as const)('%s', async (_, swipe) => {
    await fixture.restart({ readerKeys: READER_KEYS });
    const approval = await fixture.paid(fixture.order(1250, { card: await swipe() }));
    expect(approval).toMatchObject({ card: '476173******0010', entry: 'swipe' });
  });
});
