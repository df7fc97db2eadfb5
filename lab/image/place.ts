import { join } from 'node:path';
import { ROOT } from '../../scripts/pinned.mjs';

/** Where the guest is kept, some 3 GB outside git. LAB_DIR puts it elsewhere. */
export const LAB_DIR = process.env['LAB_DIR'] || join(ROOT, '.cache', 'lab');

export const IMAGE = {
  kernel: join(LAB_DIR, 'vmlinuz'),
  initrd: join(LAB_DIR, 'initrd.gz'),
  disk: join(LAB_DIR, 'disk.qcow2'),
  /** The machine as it was when its browser had shown its first page. Made by the first run. */
  ready: join(LAB_DIR, 'ready.qcow2'),
  /** The disk of a cold boot. */
  fresh: join(LAB_DIR, 'fresh.qcow2'),
  rootfs: join(LAB_DIR, 'rootfs'),
  /** The packages in `rootfs`. */
  packages: join(LAB_DIR, 'packages'),
  /** Hash of everything of ours in the image; written last. */
  stamp: join(LAB_DIR, 'stamp'),
} as const;

/** Origins of the guest: the till, and the bench for drivers that no page uses yet. */
export const TILL_PORT = 8080;
export const BENCH_PORT = 8090;
export const originOf = (port: number): string => `http://localhost:${port}`;
