import { createSign, createVerify, type KeyObject } from 'node:crypto';

export interface AlipayKeys {
  readonly appId: string;
  /** The shop's account, 2088…. */
  readonly sellerId: string;
  readonly appPublicKey: KeyObject;
  readonly alipayPrivateKey: KeyObject;
}

/** Sorted `key=value&…` of what is not empty, without `leaveOut` (devices.md 5.4). */
export function signContent(
  params: ReadonlyMap<string, string>,
  leaveOut: readonly string[] = ['sign'],
): string {
  return [...params]
    .filter(([name, value]) => value !== '' && !leaveOut.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** True when the shop's app signed these parameters. */
export function isSigned(params: ReadonlyMap<string, string>, keys: AlipayKeys): boolean {
  return createVerify('RSA-SHA256')
    .update(signContent(params), 'utf8')
    .verify(keys.appPublicKey, params.get('sign') ?? '', 'base64');
}

export function sign(text: string, keys: AlipayKeys): string {
  return createSign('RSA-SHA256').update(text, 'utf8').sign(keys.alipayPrivateKey, 'base64');
}
