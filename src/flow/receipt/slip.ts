import type { PrintDoubt, PrintOutcome } from '../../devices/ports.ts';
import type { JobId } from '../../domain/ids.ts';

/**
 * The paper of one sale. That a paper is about to be made is on disk before its first byte leaves, so that after any crash
 * the next paper knows that it is the second. Nothing here ever prints by itself: each paper is one `print` event.
 */
export type Slip = { readonly papers: number } & (
  | { readonly at: 'idle' }
  | { readonly at: 'intending' | 'printing'; readonly jobId: JobId; readonly duplicate: boolean }
  | { readonly at: 'printed' }
  | { readonly at: 'unconfirmed' | 'failed'; readonly reason: PrintDoubt }
);

export type SlipEvent =
  /** `linked`: a printer is there to be asked. `trouble`: why the one that is plugged in cannot be. */
  | { readonly type: 'print'; readonly jobId: JobId; readonly linked: boolean; readonly trouble?: PrintDoubt }
  | { readonly type: 'intent-stored' }
  | { readonly type: 'intent-refused' }
  | { readonly type: 'ended'; readonly outcome: PrintOutcome };

export type SlipEffect =
  | { readonly type: 'store-intent'; readonly jobId: JobId; readonly duplicate: boolean }
  | { readonly type: 'send'; readonly jobId: JobId; readonly duplicate: boolean }
  | {
      readonly type: 'store-outcome';
      readonly jobId: JobId;
      readonly duplicate: boolean;
      readonly outcome: PrintOutcome;
    };

export type SlipStep = readonly [Slip, readonly SlipEffect[]];

export function step(slip: Slip, event: SlipEvent): SlipStep {
  const { papers } = slip;
  switch (slip.at) {
    case 'idle':
    case 'printed':
    case 'unconfirmed':
    case 'failed': {
      if (event.type !== 'print') return [slip, []];
      if (!event.linked) return [{ papers, at: 'failed', reason: event.trouble ?? 'no-printer' }, []];
      const job = { jobId: event.jobId, duplicate: papers > 0 };
      return [{ papers, at: 'intending', ...job }, [{ type: 'store-intent', ...job }]];
    }
    case 'intending': {
      const { jobId, duplicate } = slip;
      if (event.type === 'intent-refused') return [{ papers, at: 'failed', reason: 'refused' }, []];
      if (event.type !== 'intent-stored') return [slip, []];
      return [{ papers: papers + 1, at: 'printing', jobId, duplicate }, [{ type: 'send', jobId, duplicate }]];
    }
    case 'printing': {
      if (event.type !== 'ended') return [slip, []];
      const { jobId, duplicate } = slip;
      const { outcome } = event;
      const store: SlipEffect = { type: 'store-outcome', jobId, duplicate, outcome };
      if (outcome.kind === 'confirmed') return [{ papers, at: 'printed' }, [store]];
      // `failed` promises that no byte left: the paper was never made and does not count.
      if (outcome.kind === 'failed')
        return [{ papers: papers - 1, at: 'failed', reason: outcome.reason }, [store]];
      return [{ papers, at: 'unconfirmed', reason: outcome.reason }, [store]];
    }
    default:
      return slip satisfies never;
  }
}
