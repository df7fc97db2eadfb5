import type { Lab } from '../machine/lab.ts';

/** One thing that must hold between a real browser and a device that its kernel sees. Rejects when it does not. */
export interface LabCase {
  readonly name: string;
  run(lab: Lab): Promise<void>;
}
