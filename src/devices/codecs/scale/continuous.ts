import { type Weight, weightOf } from './weight.ts';

const [LF, CR] = [0x0a, 0x0d];
/** The longest line of any of these makers has 22 characters. */
const LINE_MAX = 64;

/**
 * State, gross or net, perhaps two signs of device and lamps (CAS), sign, number, perhaps a comma (Tiger), unit. A&D leaves
 * gross or net out.
 */
const LINE =
  /^(ST|US|OL|UL)\s*,\s*(?:(?:GS|NT|TR)\s*,)?(?:[^,]{2},)?\s*([+-]?\s*[\d.]+)\s*,?\s*([A-Za-z]{1,3})\s*$/;
/** Out of range: whatever stands where the number should be. */
const OUT = /^(OL|UL)\b(.*)$/;

/** Reads the lines of a scale that tells its weight all the time. Lines that are none of these are passed over. */
export class ContinuousDecoder {
  #kept = '';
  /** Longer than any line: nothing counts until the next end. */
  #isNoise = false;

  push(bytes: Uint8Array): readonly Weight[] {
    const weights: Weight[] = [];
    for (const byte of bytes) {
      if (byte === LF || byte === CR) {
        const weight = this.#isNoise ? undefined : readLine(this.#kept);
        this.#kept = '';
        this.#isNoise = false;
        if (weight !== undefined) weights.push(weight);
      } else if (this.#kept.length < LINE_MAX) this.#kept += String.fromCharCode(byte);
      else this.#isNoise = true;
    }
    return weights;
  }
}

/** Undefined when the line is no weight. */
export function readLine(line: string): Weight | undefined {
  const text = line.trim();
  const [, out, rest = ''] = OUT.exec(text) ?? [];
  if (out !== undefined) return { state: out === 'UL' || /[,\s]-\s*[\d.]/.test(rest) ? 'under' : 'over' };
  const [, state, number = '', unit = ''] = LINE.exec(text) ?? [];
  return state === undefined ? undefined : weightOf(number.replaceAll(/\s/g, ''), unit, state === 'US');
}
