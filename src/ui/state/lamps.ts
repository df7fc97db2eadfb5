import type { StripState } from '../../flow/services.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Lamp } from '../components/pos-status-strip.ts';

/** From two minutes on a wrong clock shows on receipts. */
const SKEW_SHOWN_MS = 120_000;

/** The lamps of the status strip, in their fixed order: network, sync, printer, storage; the rest only when there is something to say. */
export function lamps(strip: StripState, translator: Translator): readonly Lamp[] {
  return [
    network(strip, translator),
    sync(strip, translator),
    printer(strip, translator),
    storage(strip, translator),
    ...update(strip, translator),
  ];
}

function network({ network: at }: StripState, { t }: Translator): Lamp {
  return {
    id: 'network',
    icon: at === 'online' ? 'online' : 'offline',
    tone: at === 'online' ? 'calm' : 'warn',
    short: t(`strip.network.${at}`),
    long: t(`strip.network.${at}.long`),
  };
}

function sync({ sync: at, syncProblem, journal }: StripState, { t, article }: Translator): Lamp {
  const count = journal.unsynced;
  const base = {
    id: 'sync',
    icon: 'upload' as const,
    short: t(count === 0 ? 'strip.synced' : 'strip.unsynced'),
  };
  if (at === 'blocked') {
    return {
      ...base,
      tone: 'bad',
      long: t('strip.sync.blocked', { count, reason: article(syncProblem ?? '', 'server').title }),
    };
  }
  if (journal.parked > 0)
    return { ...base, tone: 'warn', long: t('strip.sync.parked', { count: journal.parked }) };
  if (count === 0) return { ...base, tone: 'calm', long: t('strip.sync.none') };
  return { ...base, tone: at === 'sending' ? 'calm' : 'warn', long: t('strip.sync.some', { count }) };
}

function printer({ printer: at }: StripState, { t }: Translator): Lamp {
  const lamp = (
    tone: Lamp['tone'],
    word: 'ready' | 'absent' | 'connecting' | 'paper-end' | 'near-end' | 'cover' | 'stalled',
  ): Lamp => ({
    id: 'printer',
    icon: 'printer',
    tone,
    short: t(`strip.printer.${word}`),
    long: t(`strip.printer.${word}.long`),
  });
  if (at.link === 'connecting') return lamp('warn', 'connecting');
  // A shop may well have none: its absence is a fact. One that was lost is a trouble.
  if (at.link === 'absent') return lamp(at.trouble === undefined ? 'calm' : 'warn', 'absent');
  if (at.paper === 'end') return lamp('bad', 'paper-end');
  if (at.cover === 'open') return lamp('bad', 'cover');
  if (at.job === 'stalled') return lamp('bad', 'stalled');
  return at.paper === 'near-end' ? lamp('warn', 'near-end') : lamp('calm', 'ready');
}

function storage({ journal }: StripState, { t }: Translator): Lamp {
  const tones = {
    both: 'calm',
    settling: 'calm',
    'indexeddb-only': 'warn',
    'opfs-only': 'bad',
    none: 'bad',
  } as const;
  const lacksGate = journal.copies === 'both' && !journal.persisted;
  return {
    id: 'storage',
    icon: 'disks',
    tone: tones[journal.copies],
    short: t(`strip.copies.${journal.copies}`),
    long: `${t(`strip.copies.${journal.copies}.long`)}${lacksGate ? t('strip.not-persisted') : ''}`,
  };
}

function update({ update: at }: StripState, { t }: Translator): readonly Lamp[] {
  if (at === 'none') return [];
  return [
    { id: 'update', icon: 'update', tone: 'calm', short: t('strip.update'), long: t(`strip.update.${at}`) },
  ];
}

/** The one sentence of the strip: the most urgent thing, or the name of the shop when nothing is. */
export function notice(strip: StripState, shopName: string, { t }: Translator): string {
  const { journal, clockSkewMs = 0 } = strip;
  if (strip.sync === 'blocked') return t('notice.blocked');
  if (strip.network !== 'online')
    return journal.unsynced > 0
      ? t('notice.offline', { count: journal.unsynced })
      : t('notice.offline-empty');
  if (Math.abs(clockSkewMs) >= SKEW_SHOWN_MS)
    return t('notice.clock', { count: Math.round(Math.abs(clockSkewMs) / 60_000) });
  return shopName;
}
