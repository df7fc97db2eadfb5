import { openDB } from 'idb';

const db = await openDB('floor', 1, { upgrade: (made) => void made.createObjectStore('entries') });
await db.getAll('entries');
postMessage('open');
