import { expect, test } from 'vitest';
import { cellsOf } from './cells.ts';
import { runCells } from './run-cells.ts';

/**
 * Goal: wherever the page dies between the intent and the answer, the payment ends once, and till, server and host agree.
 * Method: K1 to K9 × rail × what the host makes of it × way of dying; the product's flows, store, clients and server, in one process
 * with simulated time and disks (README.md).
 */
const POINTS = ['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9'] as const;

test('there are 424 of these cells', () => {
  expect(cellsOf(POINTS)).toHaveLength(424);
});

test.each(POINTS)(
  'a page that dies at %s leaves one end, one charge, and books that agree',
  async (point) => {
    expect(await runCells(cellsOf([point]))).toEqual([]);
  },
);
