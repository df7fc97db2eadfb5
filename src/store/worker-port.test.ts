import { describe, expect, it } from 'vitest';
import type { FromWorker, ToWorker } from './protocol.ts';
import { WorkerPort } from './worker-port.ts';

/** A worker that writes down what it is asked, and answers when it is told to. */
class AskedWorker extends EventTarget {
  readonly heard: ToWorker[] = [];
  onmessage: ((message: MessageEvent<FromWorker>) => void) | null = null;

  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }

  terminate(): void {}

  get asked(): string[] {
    return this.heard.flatMap((each) =>
      each.kind === 'call' ? [`${each.op} ${JSON.stringify(each.args)}`] : [],
    );
  }

  /** Answers every question with its own number. */
  answerAll(): void {
    for (const each of this.heard) {
      if (each.kind === 'call')
        this.onmessage?.({
          data: { kind: 'answer', id: each.id, value: each.id },
        } as MessageEvent<FromWorker>);
    }
  }

  refuseAll(): void {
    const refusal = { code: 'disk', message: 'no', maybeStored: false } as const;
    for (const each of this.heard) {
      if (each.kind === 'call')
        this.onmessage?.({ data: { kind: 'refused', id: each.id, refusal } } as MessageEvent<FromWorker>);
    }
  }
}

function opened(): { worker: AskedWorker; port: WorkerPort } {
  const worker = new AskedWorker();
  return { worker, port: new WorkerPort(worker as unknown as Worker, 'main') };
}

const shop = { key: 'shop' };

describe('questions that are asked ahead', () => {
  it('are answered to whoever asks the same later, without asking again', async () => {
    const { worker, port } = opened();
    port.askAhead('vaultGet', shop);
    worker.answerAll();
    expect(await port.call('vaultGet', { key: 'shop' })).toBe(1);
    expect(worker.asked).toEqual(['vaultGet {"key":"shop"}']);
  });

  it('are taken once: the second time the worker is asked', async () => {
    const { worker, port } = opened();
    port.askAhead('vaultGet', shop);
    const answers = [port.call('vaultGet', shop), port.call('vaultGet', shop)];
    worker.answerAll();
    expect(await Promise.all(answers)).toEqual([1, 2]);
  });

  it('are kept apart by what they ask for', async () => {
    const { worker, port } = opened();
    port.askAhead('vaultGet', shop);
    port.askAhead('standing', null);
    const answers = [
      port.call('vaultGet', { key: 'lock' }),
      port.call('standing', null),
      port.call('vaultGet', shop),
    ];
    worker.answerAll();
    expect(await Promise.all(answers)).toEqual([3, 2, 1]);
  });

  it('are forgotten when something is written', async () => {
    const { worker, port } = opened();
    port.askAhead('vaultGet', shop);
    const written = port.call('vaultSet', { key: 'shop', value: {} });
    const read = port.call('vaultGet', shop);
    worker.answerAll();
    await written;
    expect(await read).toBe(3);
  });

  it('are refused to whoever takes them, and to nobody when none does', async () => {
    const { worker, port } = opened();
    port.askAhead('vaultGet', shop);
    port.askAhead('standing', null);
    worker.refuseAll();
    await expect(port.call('vaultGet', shop)).rejects.toMatchObject({ code: 'disk' });
  });
});
