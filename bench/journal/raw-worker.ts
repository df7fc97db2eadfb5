import type { SignedEntry } from '../../src/domain/entry.ts';
import { RawStore } from './raw.ts';

/** The same raw put, asked of a worker: what keeping the books off the page's thread costs by itself. */
declare const self: {
  onmessage: ((message: MessageEvent<SignedEntry>) => void) | null;
  postMessage(message: SignedEntry): void;
};

const store = RawStore.open('raw-worker');

self.onmessage = ({ data }) => {
  void store
    .then((raw) => raw.put([data]))
    .then(() => {
      self.postMessage(data);
    });
};
