/** Runs in the page: puts a text wherever the sweep looks. */
export async function plant(decoy: string): Promise<void> {
  const bytes = new TextEncoder().encode(decoy);
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  Object.assign(globalThis, { e2eDecoy: { inside: `<${text}>` } });
  localStorage.setItem('e2e-decoy', decoy);
  console.info(decoy);
  await fetch('/manifest.webmanifest', { headers: { 'x-decoy': decoy } });
  await (await caches.open('e2e-decoy')).put('http://localhost/e2e-decoy', new Response(decoy));
  const root = await navigator.storage.getDirectory();
  const file = await (await root.getFileHandle('e2e-decoy', { create: true })).createWritable();
  await file.write(decoy);
  await file.close();
  const shown = document.createElement('p');
  shown.id = 'e2e-decoy';
  shown.append(decoy);
  document.body.append(shown);
  const opening = indexedDB.open('e2e-decoy');
  opening.onupgradeneeded = () => void opening.result.createObjectStore('kept');
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const writing = db.transaction('kept', 'readwrite');
  // Packed, as a chip has it.
  const digits = decoy.match(/../g) ?? [];
  writing.objectStore('kept').put(
    Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16)),
    1,
  );
  await new Promise((resolve) => writing.addEventListener('complete', resolve));
  db.close();
}

/** Runs in the page: everything is as it was. */
export async function unplant(): Promise<void> {
  Object.assign(globalThis, { e2eDecoy: undefined });
  localStorage.removeItem('e2e-decoy');
  await caches.delete('e2e-decoy');
  await (await navigator.storage.getDirectory()).removeEntry('e2e-decoy');
  document.getElementById('e2e-decoy')?.remove();
  indexedDB.deleteDatabase('e2e-decoy');
}
