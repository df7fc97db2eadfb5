import type { Attempt } from '../../domain/attempt.ts';
import type { EntryDraft } from '../../domain/entry.ts';
import type { Refund, RefundPart } from '../../domain/refund.ts';

/** The order of a refund, as a pure machine: one way back after the other, a person between a refusal and anything else. */
export type RefundModel =
  | { readonly at: 'granting'; readonly refund: Refund; readonly problem?: string }
  | {
      readonly at: 'running';
      readonly refund: Refund;
      readonly part: RefundPart;
      readonly done: readonly RefundPart[];
    }
  | {
      readonly at: 'part-refused';
      readonly refund: Refund;
      readonly part: RefundPart;
      readonly done: readonly RefundPart[];
      readonly reason: string;
      /** Why the manager's PIN was not taken. */
      readonly problem?: string;
    }
  | { readonly at: 'done'; readonly refund: Refund }
  | {
      readonly at: 'given-up';
      readonly refund: Refund;
      readonly done: readonly RefundPart[];
      readonly reason: string;
    };

export type RefundStepEvent =
  | { readonly type: 'granted'; readonly by?: Refund['grantedBy'] }
  | { readonly type: 'grant-refused'; readonly problem: string }
  | { readonly type: 'part-approved' }
  | { readonly type: 'part-failed'; readonly reason: string }
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
  switch (model.at) {
    case 'granting':
      if (event.type === 'grant-refused') return [{ ...model, problem: event.problem }, []];
      if (event.type === 'leave')
        return [{ at: 'given-up', refund: model.refund, done: [], reason: 'not-allowed' }, []];
      if (event.type !== 'granted') return [model, []];
      return next(event.by === undefined ? model.refund : { ...model.refund, grantedBy: event.by }, []);
    case 'running':
      if (event.type === 'part-approved') return next(model.refund, [...model.done, model.part]);
      if (event.type === 'part-failed') return [{ ...model, at: 'part-refused', reason: event.reason }, []];
      return [model, []];
    case 'part-refused': {
      const { refund, part, done, reason } = model;
      if (event.type === 'grant-refused') return [{ ...model, problem: event.problem }, []];
      if (event.type === 'leave')
        return [{ at: 'given-up', refund, done, reason }, [{ type: 'close', refund, done, reason }]];
      if (event.type !== 'cash-instead') return [model, []];
      const { method: _, ...plain } = part;
      const cash: RefundPart = { ...plain, tender: 'cash', attemptId: event.attemptId };
      const parts = refund.parts.map((each) => (each.attemptId === part.attemptId ? cash : each));
      return next({ ...refund, parts, grantedBy: event.by }, done);
    }
    case 'done':
    case 'given-up':
      return [model, []];
    default:
      return model satisfies never;
  }
}

/** On to the first way that has not been gone; after the last the refund is done. */
function next(refund: Refund, done: readonly RefundPart[]): RefundStep {
  const part = refund.parts.find((each) => !done.some(({ attemptId }) => attemptId === each.attemptId));
  if (part === undefined) return [{ at: 'done', refund }, []];
  return [
    { at: 'running', refund, part, done },
    [{ type: 'send', refund, part, isFirst: done.length === 0 }],
  ];
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
