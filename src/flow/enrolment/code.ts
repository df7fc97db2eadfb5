/**
 * An enrolment code as a person types it: any case, spaces or dashes anywhere, the letters that look like digits read as
 * digits (Crockford base 32). Undefined when it cannot be a code.
 */
export function readCode(typed: string): string | undefined {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(plain) ? `${plain.slice(0, 4)}-${plain.slice(4)}` : undefined;
}
