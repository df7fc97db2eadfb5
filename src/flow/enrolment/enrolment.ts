import type { EnrolRequest, EnrolResponse, Problem } from '../../contract/api.ts';
import type { PublicKey } from '../../domain/entry.ts';
import type { OperatorId } from '../../domain/ids.ts';
import type { Operator } from '../../domain/role.ts';
import type { Shop } from '../../domain/shop.ts';
import { pinProblem } from '../lock/lock.ts';
import type { OperatorVault } from '../lock/operators.ts';
import { FlowError } from '../services.ts';
import { readCode } from './code.ts';

type EnrolAnswer =
  | { readonly kind: 'ok'; readonly value: EnrolResponse }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unreachable' };

export interface EnrolmentPorts {
  /** The till's key: made once and kept, so that asking again after a lost answer is the same request. */
  newKey(): Promise<PublicKey>;
  sign(text: string): Promise<string>;
  enrol(request: Omit<EnrolRequest, 'contract'>): Promise<EnrolAnswer>;
  /** Makes this browser the till: keys, shop and the first entry, durable when it resolves. */
  adopt(response: EnrolResponse, operator: Operator): Promise<void>;
  readonly operators: OperatorVault;
}

/** What becomes of this browser: a new shop with its owner, or one more till of a shop that is there. */
export interface EnrolmentForm {
  readonly code: string;
  readonly pin: string;
  readonly operator: Operator;
  readonly shop?: Shop;
}

export const OWNER_ID = 'owner' as OperatorId;

/**
 * Makes this browser a till of a shop. Everything that can be wrong is found before the server is asked; an answer that
 * got lost is asked for again with the same key and gives the same till. Rejects with FlowError.
 */
export async function enrol(form: EnrolmentForm, ports: EnrolmentPorts): Promise<EnrolResponse> {
  const code = readCode(form.code);
  if (form.shop?.name.trim() === '') throw new FlowError('name-required');
  const problem = pinProblem(form.pin);
  if (problem !== undefined) throw new FlowError(problem);
  if (code === undefined) throw new FlowError('code-unknown');
  const key = await ports.newKey();
  const proof = await ports.sign(code);
  const { shop, operator } = form;
  const founding = shop === undefined ? {} : { shop, owner: operator };
  const answer = await ports.enrol({ code, key, proof, ...founding });
  if (answer.kind === 'unreachable') throw new FlowError('server-unreachable');
  if (answer.kind === 'refused') throw new FlowError(answer.problem.code, answer.problem.message);
  // The PIN first: a till that is enrolled and that nobody can open would be worse than neither.
  await ports.operators.add(operator, form.pin);
  await ports.adopt(answer.value, operator);
  return answer.value;
}
