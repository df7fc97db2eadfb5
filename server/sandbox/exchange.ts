import type { Answer, Behaviour, RequestFacts } from './behaviour.ts';
import type { HttpAnswer, Reply } from './http-host.ts';
import type { Rules } from './rules.ts';

/** One request in the words of one host. */
export interface Exchange<Shape> {
  readonly facts: RequestFacts;
  /** Does what was asked and returns what says so; the second part runs when the answer leaves. */
  run(behaviour: Behaviour): () => Shape;
  /** What an approval would look like although nothing happens; for forged answers. */
  pretend(behaviour: Behaviour): Shape;
  systemError(): Shape;
  encode(shape: Shape, how: Answer): HttpAnswer;
}

/** Answers that show a lie: without booking they need an invented approval. */
const FORGED: readonly Answer[] = ['bad-signature', 'no-signature', 'wrong-amount', 'wrong-order'];

/** Lets the rules decide how a request is treated, for every host that speaks HTTP. */
export function carryOut<Shape>(rules: Rules, exchange: Exchange<Shape>): Reply {
  const behaviour = rules.decide(exchange.facts);
  const how = behaviour.answer;
  const ignored = behaviour.booking === 'never' && behaviour.decline === '';
  if (ignored && (how === 'drop' || how === 'silence')) return { kind: how };
  const forged = FORGED.includes(how);
  const shape = ignored
    ? () => (forged ? exchange.pretend(behaviour) : exchange.systemError())
    : exchange.run(behaviour);
  if (how === 'drop' || how === 'silence') return { kind: how };
  const shown = how === 'system-error' ? () => exchange.systemError() : shape;
  return {
    kind: 'answer',
    answer: () => exchange.encode(shown(), how),
    delayMs: how === 'late' ? behaviour.delayMs : 0,
  };
}

/** Where a JSON answer keeps what a lying host changes. */
export interface LiePlaces {
  /** Changes the amounts to one fen less. */
  readonly amount: (value: Record<string, unknown>) => void;
  readonly order: (value: Record<string, unknown>) => void;
}

/** The JSON text of an answer, changed as the behaviour asks. The caller signs whatever comes out. */
export function lyingJson(value: Record<string, unknown>, how: Answer, places: LiePlaces): string {
  const copy = structuredClone(value);
  if (how === 'wrong-amount') places.amount(copy);
  if (how === 'wrong-order') places.order(copy);
  if (how === 'unknown-field') copy['field_that_nobody_knows'] = { since: 'tomorrow' };
  const text = JSON.stringify(copy);
  return how === 'malformed' ? text.slice(0, Math.ceil(text.length / 2)) : text;
}
