import type { SlipState } from '../../flow/checkout-service.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { IconName } from '../components/icons.ts';

export interface SlipWords {
  readonly text: string;
  readonly icon: IconName;
  readonly tone: 'calm' | 'good' | 'warn';
  /** On the button that makes (another) paper. */
  readonly print: string;
}

/** What became of the paper, and what its button says. A shop without a printer has no trouble to be told of. */
export function slipWords(slip: SlipState, { t, article }: Translator): SlipWords {
  switch (slip.at) {
    case 'idle':
      return { text: t('slip.idle'), icon: 'printer', tone: 'calm', print: t('slip.print') };
    case 'printing':
      return { text: t('slip.printing'), icon: 'printer', tone: 'calm', print: t('slip.printing') };
    case 'printed':
      return { text: t('slip.printed'), icon: 'check', tone: 'good', print: t('slip.again') };
    case 'unconfirmed':
      return {
        text: t('slip.unconfirmed', { reason: article(slip.reason, 'print').title }),
        icon: 'question',
        tone: 'warn',
        print: t('slip.again'),
      };
    case 'failed': {
      if (slip.reason === 'no-printer')
        return { text: t('slip.no-printer'), icon: 'printer', tone: 'calm', print: t('slip.print') };
      const reason = article(slip.reason, 'print').title;
      return { text: t('slip.failed', { reason }), icon: 'alert', tone: 'warn', print: t('slip.print') };
    }
    default:
      return slip satisfies never;
  }
}
