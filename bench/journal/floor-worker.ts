import { newSigner, type Signer, seal } from '../../src/domain/chain.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { RawStore } from './raw.ts';

/**
 * The least that a signed entry in two copies can cost: asked of a worker, hashed, signed, put and flushed by the same calls
 * as ours, with no numbers, no check, no lists and no repair around them.
 */
declare const self: {
  onmessage: ((message: MessageEvent<Entry>) => void) | null;
  postMessage(message: string): void;
};

/** As large as a journal file of ours, and written before it counts, like those. */
const FILE_BYTES = 8 * 1024 * 1024;

interface Floor {
  readonly raw: RawStore;
  readonly file: FileSystemSyncAccessHandle;
  readonly signer: Signer;
}

const encoder = new TextEncoder();
let end = 0;

async function open(): Promise<Floor> {
  const root = await navigator.storage.getDirectory();
  const file = await (await root.getFileHandle('floor', { create: true })).createSyncAccessHandle();
  file.write(new Uint8Array(FILE_BYTES), { at: 0 });
  file.flush();
  return { raw: await RawStore.open('floor'), file, signer: await newSigner() };
}

async function append({ raw, file, signer }: Floor, entry: Entry): Promise<string> {
  const signed = await seal(entry, signer);
  const put = raw.put([signed]);
  const bytes = encoder.encode(JSON.stringify(signed));
  if (end + bytes.length > FILE_BYTES) end = 0;
  file.write(bytes, { at: end });
  file.flush();
  end += bytes.length;
  await put;
  return signed.hash;
}

const floor = open();

self.onmessage = ({ data }) => {
  void floor.then((opened) => append(opened, data)).then((hash) => self.postMessage(hash));
};
