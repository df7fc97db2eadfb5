import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { expect, test } from 'vitest';
import { Store } from '../../flow/store.ts';
import { Select } from './select.ts';

class Host implements ReactiveControllerHost {
  renders = 0;
  readonly updateComplete = Promise.resolve(true);
  readonly controllers: ReactiveController[] = [];
  addController(controller: ReactiveController): void {
    this.controllers.push(controller);
  }
  removeController(): void {}
  requestUpdate(): void {
    this.renders += 1;
  }
}

test('renders only when the selected part changes', () => {
  const host = new Host();
  const store = new Store({ chosen: 1, other: 1 });
  const select = new Select(host, store, (state) => state.chosen);
  select.hostConnected();
  store.set({ chosen: 1, other: 2 });
  expect(host.renders).toBe(0);
  store.set({ chosen: 2, other: 2 });
  expect([host.renders, select.value]).toEqual([1, 2]);
});

test('catches up with what changed while its host was away', () => {
  const host = new Host();
  const store = new Store(1);
  const select = new Select(host, store, (state) => state);
  select.hostConnected();
  select.hostDisconnected();
  store.set(2);
  expect(host.renders).toBe(0);
  select.hostConnected();
  expect([host.renders, select.value]).toEqual([1, 2]);
});
