import { html, nothing } from 'lit';
import { minor, sum } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import type { RefundEvent, RefundState, Refunds } from '../../flow/refund-service.ts';
import { icon } from '../components/icons.ts';
import { payIcon } from '../components/pay-icons.ts';
import '../components/pos-grant.ts';
import { sign } from '../components/signs.ts';
import {
  doneWords,
  givenUpWords,
  moneyOf,
  problemWords,
  type Shown,
  type Teller,
} from '../state/refund-words.ts';
import { slipWords } from '../state/slip-words.ts';
import './part-live.ts';

/** A refund under way and how it ended: who allows it, the part that runs, the part that was refused, the end. */
export function coursePanel(now: Exclude<RefundState, { at: 'idle' }>, teller: Teller, refunds: Refunds) {
  const { t } = teller.speaker;
  switch (now.at) {
    case 'granting':
      return grant(
        {
          what: t('refund.granting', { amount: moneyOf(now.refund.amount, teller) }),
          problem: now.problem,
          granted: (pin) => ({ type: 'grant', pin }),
          cancel: t('refund.cancel'),
        },
        teller,
        refunds,
      );
    case 'running':
      return running(now, teller, refunds);
    case 'part-refused':
      return refused(now, teller, refunds);
    case 'done':
      return done(now, teller, refunds);
    case 'given-up':
      return givenUp(now, teller, refunds);
    default:
      return now satisfies never;
  }
}

interface Asked {
  readonly what: string;
  readonly problem: string | undefined;
  readonly cancel: string;
  granted(pin: string): RefundEvent;
}

function grant({ what, problem, cancel, granted }: Asked, teller: Teller, refunds: Refunds) {
  const { speaker, translator } = teller;
  return html`<pos-grant
    .words=${{ what, pin: speaker.t('grant.pin'), back: translator.t('keypad.back'), cancel }}
    .problem=${problem === undefined ? '' : problemWords(problem, teller)}
    .code=${problem ?? ''}
    @pos-pin=${(event: CustomEvent<{ readonly pin: string }>) => refunds.send(granted(event.detail.pin))}
    @pos-cancel=${async () => {
      const isGranting = refunds.state.value.at === 'granting';
      await refunds.send({ type: 'leave' });
      if (isGranting) await refunds.send({ type: 'close' });
    }}
  ></pos-grant>`;
}

function running({ refund, done: gone, live }: Shown<'running'>, teller: Teller, refunds: Refunds) {
  const { t } = teller.speaker;
  const part = refund.parts.find(({ attemptId }) => !gone.some((each) => each.attemptId === attemptId));
  const counted = { done: gone.length + 1, all: refund.parts.length };
  return html`
    <h2 tabindex="-1">${t('refund.running')}</h2>
    ${part === undefined ? nothing : html`<p>${t('refund.running-part', { ...counted, ...named(part, teller) })}</p>`}
    ${live === undefined ? nothing : html`<part-live .live=${live}></part-live>`}
    <div class="actions">
      <button type="button" class="button primary" data-testid="inquire-now" @click=${() => refunds.send({ type: 'inquire-now' })}>${icon('update')} ${t('live.inquire')}</button>
      ${live?.state === 'stuck' ? html`<a class="button other" href="#/open" data-testid="to-open">${payIcon('person')} ${t('open.manager')}</a>` : nothing}
      <button type="button" class="button other" data-testid="refund-close" @click=${() => refunds.send({ type: 'close' })}>${t('refund.leave-running')}</button>
    </div>
  `;
}

function refused({ part, reason, problem }: Shown<'part-refused'>, teller: Teller, refunds: Refunds) {
  const { t } = teller.speaker;
  return html`
    <div class="ended bad">
      ${sign('declined')}
      <div>
        <h3 tabindex="-1">${t('refund.part-refused', named(part, teller))}</h3>
        <p>${teller.speaker.decline(reason).title}</p>
        <p class="dim figure">${t('refused.code', { code: reason })}</p>
      </div>
    </div>
    ${grant({ what: t('refund.pay-cash'), problem, granted: (pin) => ({ type: 'pay-cash', pin }), cancel: t('refund.leave') }, teller, refunds)}
  `;
}

function done(now: Shown<'done'>, teller: Teller, refunds: Refunds) {
  const { refund, slip, underWay = [] } = now;
  const { speaker, translator } = teller;
  const { t } = speaker;
  const words = slipWords(slip, translator);
  // Only a sale has an e-receipt to scan instead.
  const hasNoPrinter = slip.at === 'failed' && slip.reason === 'no-printer';
  const part = (each: (typeof refund.parts)[number]) => html`<p>
    ${translator.t(`tender.${each.tender}`)} <span class="figure">${moneyOf(each.amount, teller)}</span>${underWay.includes(each.attemptId) ? html` · <strong data-testid="refund-on-its-way">${t('refund.on-its-way')}</strong>` : nothing}
  </p>`;
  return html`
    <div class="ended" data-testid="refund-done">
      ${sign(refund.kind === 'void' ? 'reversed' : 'refunded')}
      <div>
        <h3 tabindex="-1">${doneWords(now, teller)}</h3>
        ${refund.parts.map(part)}
        ${underWay.length > 0 ? html`<p class="dim">${t('refund.on-its-way-hint')}</p>` : nothing}
      </div>
    </div>
    <p role="status" data-testid="slip" data-state=${slip.at}>${hasNoPrinter ? translator.t('devices.link.absent') : words.text}</p>
    <div class="foot">
      <button type="button" class="button other" data-testid="refund-print" ?disabled=${slip.at === 'printing'} @click=${() => refunds.send({ type: 'print' })}>${icon('printer')} ${words.print}</button>
      <button type="button" class="button primary" data-testid="refund-close" @click=${() => refunds.send({ type: 'close' })}>${t('refund.close')}</button>
    </div>
  `;
}

function givenUp(now: Shown<'given-up'>, teller: Teller, refunds: Refunds) {
  const { t } = teller.speaker;
  const gone = sum(now.done.map((part) => part.amount));
  const left = now.refund.amount - gone;
  return html`
    <div class="ended">
      ${sign('abandoned')}
      <div>
        <h3 tabindex="-1">${givenUpWords(now, teller)}</h3>
        <p>${t('refund.given-up-text', { done: moneyOf(gone, teller), left: moneyOf(minor(left), teller) })}</p>
      </div>
    </div>
    <button type="button" class="button primary wide" data-testid="refund-close" @click=${() => refunds.send({ type: 'close' })}>${t('refund.close')}</button>
  `;
}

/** A part as a sentence needs it. */
const named = (part: Refund['parts'][number], teller: Teller) => ({
  tender: teller.translator.t(`tender.${part.tender}`),
  amount: moneyOf(part.amount, teller),
});
