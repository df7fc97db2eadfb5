import type { Attempt } from '../../domain/attempt.ts';
import type { EntryDraft } from '../../domain/entry.ts';
import type { Refund, RefundPart } from '../../domain/refund.ts';
import type { Payment } from '../payment/payment.ts';

type Ids = readonly RefundPart['attemptId'][];

/** How far a refund has come. */
interface Progress {
  readonly refund: Refund;
  /** Gone as far as the counter is concerned: through, or on its way. */
  readonly done: readonly RefundPart[];
  /** Of these, the ones that a channel has accepted and not finished. */
  readonly underWay?: Ids;
  /** Accepted, and then not made after all. */
  readonly lost?: Ids;
}

/** The order of a refund, as a pure machine: one way back after the other, a person between a refusal and anything else. */
export type RefundModel =
  | { readonly at: 'granting'; readonly refund: Refund; readonly problem?: string }
  | ({ readonly at: 'running'; readonly part: RefundPart } & Progress)
  | ({
      readonly at: 'part-refused';
      readonly part: RefundPart;
      readonly reason: string;
      /** Why the manager's PIN was not taken. */
      readonly problem?: string;
    } & Progress)
  | { readonly at: 'done'; readonly refund: Refund; readonly underWay?: Ids }
  | ({ readonly at: 'given-up'; readonly reason: string } & Progress);

export type RefundStepEvent =
  | { readonly type: 'granted'; readonly by?: Refund['grantedBy'] }
  | { readonly type: 'grant-refused'; readonly problem: string }
  | { readonly type: 'part-approved' }
  | { readonly type: 'part-failed'; readonly reason: string }
  /** The channel has accepted the part and is at it: on to the next. */
  | { readonly type: 'part-accepted' }
  /** How a part ended that was on its way. */
  | { readonly type: 'part-arrived'; readonly attemptId: RefundPart['attemptId'] }
  | { readonly type: 'part-lost'; readonly attemptId: RefundPart['attemptId']; readonly reason: string }
  /** A manager lets the refused part go back in cash. */
  | {
      readonly type: 'cash-instead';
      readonly by: NonNullable<Refund['grantedBy']>;
      readonly attemptId: RefundPart['attemptId'];
    }
  | { readonly type: 'leave' };

export type RefundEffect =
  | { readonly type: 'send'; readonly refund: Refund; readonly part: RefundPart; readonly isFirst: boolean }
  /** The end of a refund of which nothing, or not everything, went through. */
  | {
      readonly type: 'close';
      readonly refund: Refund;
      readonly done: readonly RefundPart[];
      readonly reason: string;
    };

export type RefundStep = readonly [RefundModel, readonly RefundEffect[]];

export function step(model: RefundModel, event: RefundStepEvent): RefundStep {
  if (event.type === 'part-arrived') return [arrived(model, event.attemptId), []];
  if (event.type === 'part-lost') return [lost(model, event), []];
  switch (model.at) {
    case 'granting':
      if (event.type === 'grant-refused') return [{ ...model, problem: event.problem }, []];
      if (event.type === 'leave')
        return [{ at: 'given-up', refund: model.refund, done: [], reason: 'not-allowed' }, []];
      if (event.type !== 'granted') return [model, []];
      return next({
        refund: event.by === undefined ? model.refund : { ...model.refund, grantedBy: event.by },
        done: [],
      });
    case 'running':
      if (event.type === 'part-approved') return next({ ...model, done: [...model.done, model.part] });
      if (event.type === 'part-accepted')
        return next({
          ...model,
          done: [...model.done, model.part],
          underWay: [...(model.underWay ?? []), model.part.attemptId],
        });
      if (event.type === 'part-failed') return [{ ...model, at: 'part-refused', reason: event.reason }, []];
      return [model, []];
    case 'part-refused': {
      const { refund, part, done, reason } = model;
      if (event.type === 'grant-refused') return [{ ...model, problem: event.problem }, []];
      if (event.type === 'leave') return givenUp(model, reason);
      if (event.type !== 'cash-instead') return [model, []];
      const { method: _, ...plain } = part;
      const cash: RefundPart = { ...plain, tender: 'cash', attemptId: event.attemptId };
      const parts = refund.parts.map((each) => (each.attemptId === part.attemptId ? cash : each));
      return next({ ...model, refund: { ...refund, parts, grantedBy: event.by }, done });
    }
    case 'done':
    case 'given-up':
      return [model, []];
    default:
      return model satisfies never;
  }
}

/** On to the first way that has not been gone; after the last the refund is done, as far as anybody can tell now. */
function next(progress: Progress): RefundStep {
  const { refund, done, underWay = [], lost = [] } = progress;
  const isGone = ({ attemptId }: RefundPart): boolean =>
    lost.includes(attemptId) || done.some((each) => each.attemptId === attemptId);
  const part = refund.parts.find((each) => !isGone(each));
  if (part === undefined && lost.length > 0) return givenUp(progress, REFUND_LOST);
  if (part === undefined) return [{ at: 'done', refund, ...some({ underWay }) }, []];
  const isFirst = done.length === 0 && lost.length === 0;
  return [
    { at: 'running', refund, part, done, ...some({ underWay, lost }) },
    [{ type: 'send', refund, part, isFirst }],
  ];
}

/** Why a refund ends without a part that was on its way. */
const REFUND_LOST = 'refund-lost';

const givenUp = ({ refund, done, underWay = [], lost = [] }: Progress, reason: string): RefundStep => [
  { at: 'given-up', refund, done, reason, ...some({ underWay, lost }) },
  [{ type: 'close', refund, done, reason }],
];

/** The lists that are not empty. */
const some = (lists: { readonly underWay?: Ids; readonly lost?: Ids }): typeof lists =>
  Object.fromEntries(Object.entries(lists).filter(([, ids]) => ids.length > 0));

const without = (ids: Ids | undefined, id: string): Ids => (ids ?? []).filter((each) => each !== id);

function arrived(model: RefundModel, id: string): RefundModel {
  if (!('underWay' in model) || model.underWay?.includes(id as Ids[number]) !== true) return model;
  const { underWay, ...rest } = model;
  return { ...rest, ...some({ underWay: without(underWay, id) }) };
}

/** The customer was told that it comes. While the refund is on the screen somebody decides at once what is done instead. */
function lost(
  model: RefundModel,
  { attemptId, reason }: Extract<RefundStepEvent, { type: 'part-lost' }>,
): RefundModel {
  const rest = arrived(model, attemptId);
  const part = model.at === 'granting' ? undefined : partOf(model.refund, attemptId);
  if (rest === model || part === undefined) return model;
  if (rest.at === 'done') {
    const done = rest.refund.parts.filter((each) => each !== part);
    const { refund, underWay = [] } = rest;
    return { at: 'part-refused', refund, part, done, reason, ...some({ underWay }) };
  }
  if (!('done' in rest)) return rest;
  return {
    ...rest,
    done: rest.done.filter((each) => each !== part),
    lost: [...(rest.lost ?? []), attemptId],
  };
}

const partOf = ({ parts }: Refund, id: string): RefundPart | undefined =>
  parts.find(({ attemptId }) => attemptId === id);

/** Somebody, or a channel, decides what comes next. */
export const isMoving = ({ at }: RefundModel): boolean =>
  at === 'granting' || at === 'running' || at === 'part-refused';

/** What the end of a part's attempt means: for one that the channel had accepted before, or for the one that was waited for. */
export function endOf(
  model: RefundModel | undefined,
  { attemptId }: RefundPart,
  end: Pick<Payment, 'at' | 'reason'>,
): RefundStepEvent {
  const isUnderWay = model !== undefined && 'underWay' in model && model.underWay?.includes(attemptId);
  if (end.at === 'approved')
    return isUnderWay ? { type: 'part-arrived', attemptId } : { type: 'part-approved' };
  const reason = end.reason ?? end.at;
  return isUnderWay ? { type: 'part-lost', attemptId, reason } : { type: 'part-failed', reason };
}

/** Parts of which the journal says that they went through. */
export function through(model: RefundModel | undefined, { refundId }: Refund): readonly RefundPart[] {
  if (model === undefined || model.at === 'granting' || model.refund.refundId !== refundId) return [];
  const { underWay = [] } = model;
  const done = model.at === 'done' ? model.refund.parts : model.done;
  return done.filter(({ attemptId }) => !underWay.includes(attemptId));
}

/** The attempt by which a part goes back. */
export function attemptOf(refund: Refund, part: RefundPart): Attempt {
  const { attemptId, original, tender, method, amount } = part;
  return {
    attemptId,
    saleId: refund.saleId,
    tender,
    ...(method === undefined ? {} : { method }),
    purpose: refund.kind,
    original,
    amount,
    currency: refund.currency,
  };
}

/** What is written together with a part's first and last durable states. */
export function draftsAround(
  refund: Refund,
  part: RefundPart,
  done: readonly RefundPart[],
  opened: boolean,
): { readonly first: readonly EntryDraft[]; readonly last: readonly EntryDraft[] } {
  const { grantedBy, saleId } = refund;
  const granted: readonly EntryDraft[] =
    grantedBy === undefined
      ? []
      : [{ type: 'override.granted', body: { right: 'refund', grantedBy, saleId, reason: refund.kind } }];
  const isLast = done.length + 1 === refund.parts.length && !done.includes(part);
  return {
    first: opened ? [] : [...granted, { type: 'refund.opened', body: refund }],
    last: isLast ? [{ type: 'refund.completed', body: refund }] : [],
  };
}
