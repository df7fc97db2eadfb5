import { AMOUNT_MAX, type Minor } from '../../src/domain/money.ts';

export type Json = Record<string, unknown>;

/** '' for anything that is no text. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An empty object for anything that is none. */
export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** A positive amount that a till can carry, in fen. */
export function isAmount(value: unknown): value is Minor {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= AMOUNT_MAX;
}

/** The JSON object in a body; undefined for anything else. An empty body is an empty object. */
export function parseObject(body: string): Json | undefined {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
