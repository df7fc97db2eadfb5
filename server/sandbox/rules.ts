import { behaviourOf, magicBehaviour } from './amount-table.ts';
import type { Behaviour, RequestFacts, Rule } from './behaviour.ts';

/** More standing rules than any test needs; one more is refused. */
const RULES_MAX = 1_000;

interface Standing {
  readonly id: number;
  readonly rule: Rule;
  left: number;
}

/** Decides how the next request is treated: the newest matching rule, else the amount table, else honestly. */
export class Rules {
  readonly #standing: Standing[] = [];
  #next = 1;

  /** Returns the rule's number. Throws RangeError when there are too many. */
  add(rule: Rule): number {
    if (this.#standing.length >= RULES_MAX) throw new RangeError('too-many-rules');
    const id = this.#next++;
    this.#standing.push({ id, rule, left: rule.times });
    return id;
  }

  clear(): void {
    this.#standing.length = 0;
  }

  list(): readonly (Rule & { readonly id: number; readonly left: number })[] {
    return this.#standing.map(({ id, rule, left }) => ({ ...rule, id, left }));
  }

  /** Uses up one turn of the rule it finds. Only requests that take money or show a code look at the amount. */
  decide(facts: RequestFacts): Behaviour {
    for (let index = this.#standing.length - 1; index >= 0; index -= 1) {
      const standing = this.#standing[index];
      if (standing === undefined || !matches(standing.rule, facts)) continue;
      if (standing.rule.times > 0) {
        standing.left -= 1;
        if (standing.left === 0) this.#standing.splice(index, 1);
      }
      return behaviourOf(standing.rule.behaviour);
    }
    const takesMoney = facts.operation === 'pay' || facts.operation === 'precreate';
    return behaviourOf(takesMoney ? magicBehaviour(facts.host, facts.amount) : undefined);
  }
}

function matches(rule: Rule, facts: RequestFacts): boolean {
  return (
    (rule.host === undefined || rule.host === facts.host) &&
    (rule.operation === undefined || rule.operation === facts.operation) &&
    (rule.amount === undefined || rule.amount === facts.amount) &&
    (rule.order === undefined || rule.order === facts.order)
  );
}
