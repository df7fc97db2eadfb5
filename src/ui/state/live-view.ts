import { purposeOf, REFUND_ACCEPTED } from '../../domain/attempt.ts';
import type { LivePayment } from '../../flow/attempts-service.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';
import type { PayIconName } from '../components/pay-icons.ts';

/** What an attempt under way looks like: what must be done about it, in one line, and how alarming it is. */
export interface LiveView {
  readonly kind: 'sending' | 'ask' | 'scan' | 'unknown' | 'undoing' | 'stuck';
  readonly tone: 'ink' | 'warn' | 'undone' | 'call';
  readonly icon: PayIconName;
  readonly title: string;
  /** The title without figures that tick: for screen readers, who must not hear every second. */
  readonly said: string;
  readonly hint: string;
}

/** `seconds` until inquiring ends; undefined when nobody can say. */
export function liveView(live: LivePayment, seconds: number | undefined, speaker: PaymentSpeaker): LiveView {
  if (isOnItsWay(live))
    return plain(['undoing', 'ink', 'refund'], speaker.t('live.accepted'), speaker.t('live.accepted-hint'));
  switch (live.state) {
    case 'stuck':
      return plain(
        ['stuck', 'call', 'person'],
        speaker.t('live.stuck'),
        speaker.t(isBack(live) ? 'live.stuck-refund-hint' : 'live.stuck-hint'),
      );
    case 'reversing':
      return plain(
        ['undoing', 'warn', 'refund'],
        speaker.t('live.reversing'),
        speaker.t('live.reversing-hint'),
      );
    case 'not-found':
      return plain(['undoing', 'warn', 'refund'], speaker.t('live.reversing'), speaker.t('state.not-found'));
    case 'approved-late':
    case 'refund-due':
      return plain(['undoing', 'warn', 'refund'], speaker.t('live.late'), speaker.t('live.late-hint'));
    default:
      return asked(live, seconds, speaker);
  }
}

/** The channel has accepted to give the money back: nobody has to do anything, and nobody has to wait. */
export const isOnItsWay = ({ state, reason }: LivePayment): boolean =>
  state === 'accepted' || (state !== 'stuck' && reason === REFUND_ACCEPTED);

const isBack = ({ attempt }: LivePayment): boolean => ['refund', 'void'].includes(purposeOf(attempt));

function plain(
  [kind, tone, icon]: readonly [LiveView['kind'], LiveView['tone'], PayIconName],
  title: string,
  hint: string,
): LiveView {
  return { kind, tone, icon, title, said: title, hint };
}

/** The customer may still act, or the answer is awaited. */
function asked(live: LivePayment, seconds: number | undefined, speaker: PaymentSpeaker): LiveView {
  const { t } = speaker;
  const { waiting } = live;
  const isDoubtful = live.state === 'unknown' || live.state === 'inquiring';
  switch (waiting.for) {
    case 'customer-scan':
      // Nobody has scanned yet: the code is what matters, and it is asked about all the time.
      if (seconds !== 0) return plain(['scan', 'ink', 'shop-code'], t('live.scan'), '');
      break;
    case 'customer-password':
      if (!isDoubtful) return plain(['ask', 'ink', 'phone'], t('live.password'), t('live.password-hint'));
      return { ...unknown(live, seconds, speaker), icon: 'phone', hint: t('live.password') };
    case 'reader':
      if (!isDoubtful)
        return plain(['ask', 'ink', 'reader'], t(`live.prompt.${waiting.prompt}`), t('live.prompt-hint'));
      break;
    case 'terminal':
      if (!isDoubtful) return plain(['ask', 'ink', 'terminal'], t('live.terminal'), t('live.terminal-hint'));
      break;
    case 'network':
      if (!isDoubtful) return plain(['ask', 'warn', 'clock'], t('live.network'), t('live.network-hint'));
      break;
    default:
      break;
  }
  if (isDoubtful) return unknown(live, seconds, speaker);
  const title = t(purposeOf(live.attempt) === 'sale' ? 'live.sending' : `purpose.${purposeOf(live.attempt)}`);
  return {
    kind: 'sending',
    tone: 'ink',
    icon: 'clock',
    title,
    said: title,
    hint: `${t('live.sending.answer')} · ${t('live.sending.answer-hint')}`,
  };
}

function unknown({ waiting }: LivePayment, seconds: number | undefined, { t }: PaymentSpeaker): LiveView {
  const isCut = waiting.for === 'network';
  const said = t(isCut ? 'live.unknown-cut' : 'live.unknown-open');
  const title = isCut || seconds === undefined ? said : t('live.unknown', { seconds });
  const hint = isCut
    ? t('live.network-hint')
    : t(waiting.for === 'terminal' ? 'live.terminal-hint' : 'live.sending.answer-hint');
  return { kind: 'unknown', tone: 'warn', icon: 'clock', title, said, hint };
}
