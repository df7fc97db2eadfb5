import { aesDukpt } from '../../server/src/acquirers/iso8583/keys/dukpt-aes.ts';
import { tdesDukpt } from '../../server/src/acquirers/iso8583/keys/dukpt-tdes.ts';
import { KeyError } from '../../server/src/acquirers/iso8583/keys/key-error.ts';
import { refusing } from './wire-codec.ts';

/** The keys of one transaction, upper-case hex. */
export interface ShownKeys {
  readonly initialKey: string;
  readonly key: string;
  readonly pin: string;
  readonly mac: string;
  readonly data: string;
}

/**
 * `wire dukpt tdes|aes BDK KSN`. TDES: the PIN and MAC variants of the transaction key, and the data key of a request.
 * AES: key serial number = initial key id (8 bytes) + counter (4); the working keys of a request, that is PIN encryption,
 * MAC generation (usage 2000) and data encryption (usage 3000), in the size of the base key.
 */
export function dukpt(kind: 'tdes' | 'aes', baseKey: Uint8Array, ksn: Uint8Array): ShownKeys {
  return refusing([KeyError], () => {
    if (kind === 'tdes') {
      const { initialKey, key, pin, mac, data } = tdesDukpt(baseKey, ksn);
      return shown({ initialKey, key, pin, mac, data });
    }
    const { initialKey, key, working } = aesDukpt(baseKey, ksn);
    return shown({
      initialKey,
      key,
      pin: working('pin'),
      mac: working('macGenerate'),
      data: working('dataEncrypt'),
    });
  });
}

function shown(keys: Readonly<Record<keyof ShownKeys, Buffer>>): ShownKeys {
  const hex = (key: keyof ShownKeys): string => keys[key].toString('hex').toUpperCase();
  return {
    initialKey: hex('initialKey'),
    key: hex('key'),
    pin: hex('pin'),
    mac: hex('mac'),
    data: hex('data'),
  };
}
