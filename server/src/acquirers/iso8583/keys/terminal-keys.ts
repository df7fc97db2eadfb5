import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { CardData } from '../../../../../src/domain/card-data.ts';
import { cardInContainer, type OpenedCard, readContainer } from './container.ts';
import { aesDukpt } from './dukpt-aes.ts';
import { tdesDukpt } from './dukpt-tdes.ts';
import { KeyError } from './key-error.ts';
import { type MacKind, macOf, sameMac } from './mac.ts';
import { translateFormat0, translateFormat4 } from './pin.ts';
import { tdesCbcDecrypt, tdesDecrypt, tdesEncrypt } from './tdes.ts';
import { clearTrack, maskedNumber, sealedTrack, trackAmong } from './track.ts';

/** A base derivation key of readers, by how their key serial numbers begin. */
export interface BaseKey {
  readonly scheme: CardData['scheme'];
  /** First hex digits of the key serial number; the longest fit wins. */
  readonly ksnPrefix: string;
  readonly key: Uint8Array;
  /** Which key of the transaction encrypts the track. Older TDES readers take the PIN variant. */
  readonly trackKey?: 'data' | 'pin';
}

/** The secrets of one terminal, from the configuration. */
export interface TerminalSecrets {
  /** Terminal master key, two-key TDES, as the bank handed it over. */
  readonly masterKey: Uint8Array;
  readonly mac: MacKind;
  readonly baseKeys: readonly BaseKey[];
}

/** A card as the message carries it. Nothing here tells the card number. */
export interface SealedCard {
  /** Field 35, encrypted under the working data key. */
  readonly track: string;
  /** Field 52 under the working PIN key, when a PIN was typed. */
  readonly pin?: string;
  /** First six and last four. */
  readonly masked: string;
  /** Field 55, upper-case hex: what the reader gave, or what it had encrypted with the track. */
  readonly emv?: string;
  /** Field 23. */
  readonly sequence?: string;
}

type Pin = NonNullable<CardData['pin']>;

interface WorkingKeys {
  readonly pin: Buffer;
  readonly mac: Buffer;
  readonly data: Buffer;
}

const KEY_BYTES = 16;
const CHECK_BYTES = 4;
const SLOT = KEY_BYTES + CHECK_BYTES;
const KSN_BYTES = { 'dukpt-tdes': 10, 'dukpt-aes': 12 } as const;

/**
 * The keys of one terminal: the only place where an encrypted track or PIN is made clear, for as long as it takes to
 * encrypt it for the bank. Working keys live in memory; after a restart the terminal signs in again.
 */
export class TerminalKeys {
  readonly #secrets: TerminalSecrets;
  #working: WorkingKeys | undefined;

  constructor(secrets: TerminalSecrets) {
    if (secrets.masterKey.length !== KEY_BYTES) throw new KeyError('bad-size', 'a master key has 16 bytes');
    this.#secrets = secrets;
  }

  get ready(): boolean {
    return this.#working !== undefined;
  }

  /** Takes the keys of a sign-in answer (field 62): PIN, MAC and data key, each with its check value. Throws KeyError. */
  load(field62: string): void {
    const bytes = Buffer.from(field62, 'hex');
    if (bytes.length !== 3 * SLOT) throw new KeyError('bad-size', 'field 62 holds no three working keys');
    const slot = (index: number): Buffer => {
      const from = index * SLOT;
      const key = tdesDecrypt(this.#secrets.masterKey, bytes.subarray(from, from + KEY_BYTES));
      const aes = index === 1 && this.#secrets.mac === 'aes-cmac';
      if (!sameMac(checkValue(key, aes), bytes.subarray(from + KEY_BYTES, from + SLOT))) {
        throw new KeyError('bad-check-value', `working key ${index + 1} does not give its check value`);
      }
      return key;
    };
    this.#working = { pin: slot(0), mac: slot(1), data: slot(2) };
  }

  /** The host has said that the keys are stale. */
  forget(): void {
    this.#working = undefined;
  }

  /** Field 64 of a message whose bytes end before it. Throws KeyError before sign-in. */
  mac(message: Uint8Array): Buffer {
    return macOf(this.#secrets.mac, this.#keys().mac, message);
  }

  /** Whether a message carries the MAC of this terminal. False before sign-in. */
  verifies(message: Uint8Array, mac: Uint8Array): boolean {
    return this.#working !== undefined && sameMac(this.mac(message), mac);
  }

  /** Makes a reader's ciphertext over to the bank's keys. Throws KeyError. */
  seal(card: CardData): SealedCard {
    const working = this.#keys();
    const { track, pin, emv, sequence } = this.#open(card);
    return {
      track: sealedTrack(working.data, track.digits),
      masked: maskedNumber(track.cardNumber),
      ...(emv === undefined ? {} : { emv }),
      ...(sequence === undefined ? {} : { sequence }),
      ...(pin === undefined ? {} : { pin: this.#translated(pin, track.cardNumber, working.pin) }),
    };
  }

  #open({ layout = 'track2', scheme, ksn, track, emv, sequence, pin }: CardData): OpenedCard {
    if (layout === 'mms-f8') {
      const container = readContainer(Buffer.from(track, 'hex'));
      if (container.ksn !== ksn || container.scheme !== scheme) {
        throw new KeyError('no-base-key', 'the container is under another key than the card says');
      }
      const clear = this.#decryptTrack(scheme, ksn, container.ciphertext);
      return cardInContainer(clear, container.padding);
    }
    const clear = this.#decryptTrack(scheme, ksn, Buffer.from(track, 'hex'));
    return {
      track: layout === 'tracks' ? trackAmong(clear) : clearTrack(clear),
      ...(emv === undefined ? {} : { emv }),
      ...(sequence === undefined ? {} : { sequence }),
      ...(pin === undefined ? {} : { pin }),
    };
  }

  /** A PIN block under the reader's key, as one of format 0 under the host's. */
  #translated({ ksn: ksnText, block: blockText }: Pin, cardNumber: string, hostKey: Buffer): string {
    const block = Buffer.from(blockText, 'hex');
    const base = this.#baseKey(ksnText);
    const ksn = Buffer.from(ksnText, 'hex');
    const translated =
      base.scheme === 'dukpt-tdes'
        ? translateFormat0(tdesDukpt(base.key, ksn).pin, hostKey, wholeBlock(block), cardNumber)
        : translateFormat4(aesDukpt(base.key, ksn).working('pin'), hostKey, block, cardNumber);
    return translated.toString('hex').toUpperCase();
  }

  #keys(): WorkingKeys {
    if (this.#working === undefined) throw new KeyError('no-working-keys', 'the terminal is not signed in');
    return this.#working;
  }

  #decryptTrack(scheme: CardData['scheme'], ksnText: string, ciphertext: Buffer): Buffer {
    const base = this.#baseKey(ksnText);
    if (base.scheme !== scheme) throw new KeyError('no-base-key', 'the base key is of another scheme');
    const ksn = Buffer.from(ksnText, 'hex');
    const block = scheme === 'dukpt-tdes' ? 8 : 16;
    if (ciphertext.length === 0 || ciphertext.length % block !== 0) {
      throw new KeyError('bad-track', 'an encrypted track is whole blocks');
    }
    const usePin = base.trackKey === 'pin';
    if (scheme === 'dukpt-tdes') {
      const keys = tdesDukpt(base.key, ksn);
      return tdesCbcDecrypt(usePin ? keys.pin : keys.data, ciphertext);
    }
    const key = aesDukpt(base.key, ksn).working(usePin ? 'pin' : 'dataEncrypt');
    const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(16)).setAutoPadding(
      false,
    );
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  }

  #baseKey(ksn: string): BaseKey {
    const fits = this.#secrets.baseKeys
      .filter(({ scheme, ksnPrefix }) => ksn.length === 2 * KSN_BYTES[scheme] && ksn.startsWith(ksnPrefix))
      .sort((a, b) => b.ksnPrefix.length - a.ksnPrefix.length);
    const [base] = fits;
    if (base === undefined) throw new KeyError('no-base-key', 'no base key for this reader');
    return base;
  }
}

function wholeBlock(block: Buffer): Buffer {
  if (block.length !== 8) throw new KeyError('bad-pin', 'a PIN block of format 0 has 8 bytes');
  return block;
}

/** The first bytes of zeros under the key. */
function checkValue(key: Buffer, aes: boolean): Buffer {
  if (!aes) return tdesEncrypt(key, Buffer.alloc(8)).subarray(0, CHECK_BYTES);
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return cipher.update(Buffer.alloc(16)).subarray(0, CHECK_BYTES);
}
