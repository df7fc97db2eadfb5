import { type KeptSigner, newPortableSigner, type Signer, signerOf } from '../../domain/chain.ts';

const FILE = 'emergency-key.json';

/**
 * The key of a till that lost IndexedDB, in a file: the only place left. Without it every restart would sign with another
 * key, and the server, told of the last one by a re-key code, would refuse what the others signed. It can be read out by
 * whoever can read the profile; it is removed when the till has been given a key again (ADR 16).
 */
export async function emergencySigner(folder: string, kid: string): Promise<Signer | undefined> {
  try {
    const kept = JSON.parse(await (await (await fileIn(folder, false)).getFile()).text()) as KeptSigner;
    return kept.key.kid === kid ? await signerOf(kept) : undefined;
  } catch {
    return undefined; // None was kept, or it is damaged: the till goes on with a new one.
  }
}

export async function newEmergencySigner(folder: string): Promise<Signer> {
  const { signer, kept } = await newPortableSigner();
  const file = await (await fileIn(folder, true)).createSyncAccessHandle();
  try {
    const bytes = new TextEncoder().encode(JSON.stringify(kept));
    file.truncate(bytes.length);
    file.write(bytes, { at: 0 });
    file.flush();
  } finally {
    file.close();
  }
  return signer;
}

export async function dropEmergencySigner(folder: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(folder);
  await directory.removeEntry(FILE).catch(() => undefined); // Most tills never had one.
}

async function fileIn(folder: string, create: boolean): Promise<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(folder, { create });
  return directory.getFileHandle(FILE, { create });
}
