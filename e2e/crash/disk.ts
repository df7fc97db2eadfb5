import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './deadline.ts';
import type { Undo } from './undo.ts';

/** Where the profile lives. Only a disk of our own making can lose power. */
export interface Disk {
  /** The profile folder. */
  readonly profile: string;
  /** Everything written so far is on the disk afterwards: the state of a till that has stood for a minute. */
  settle(): void;
}

export interface PowerDisk extends Disk {
  /** Takes the image of the disk as it is at this instant. The writers must stand still, alive. */
  cut(): Promise<void>;
  /** Comes back up on the image; the writers must be dead. What had not reached the disk is gone. */
  powerUp(): Promise<void>;
}

const SIZE = '256M';
const SPACE_NEEDED = 2 ** 30;
const UNMOUNT_MS = 15_000;
/** Tries for an image that nothing was written into while it was taken. */
const COPIES_MAX = 8;

function sh(command: string, ...args: readonly string[]): void {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${done.stderr?.trim() || done.error?.message}`);
}

/** A folder in the memory of the machine when there is room, which makes images quick to copy. */
function workFolder(undo: Undo): string {
  const inMemory = '/dev/shm';
  let parent = tmpdir();
  try {
    accessSync(inMemory, constants.W_OK);
    const { bavail, bsize } = statfsSync(inMemory);
    if (bavail * bsize > SPACE_NEEDED) parent = inMemory;
  } catch {
    // No such place on this machine: the temporary folder serves as well, only slower.
  }
  const folder = mkdtempSync(join(parent, 'xiaoji-crash-'));
  undo.add(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An ordinary folder, for deaths that the operating system survives. */
export function plainDisk(undo: Undo): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'xiaoji-crash-'));
  undo.add(() => rmSync(folder, { recursive: true, force: true }));
  return { profile: folder, settle: () => sh('sync', '-f', folder) };
}

/** An ext4 file system in a file, mounted by a loop device. Throws with the reason where that is not possible. */
export function powerDisk(undo: Undo): PowerDisk {
  return new LoopDisk(undo);
}

class LoopDisk implements PowerDisk {
  readonly #image: string;
  readonly #next: string;
  readonly #mount: string;

  constructor(undo: Undo) {
    if (process.getuid?.() !== 0) throw new Error('only root may mount');
    const folder = workFolder(undo);
    this.#image = join(folder, 'disk.img');
    this.#next = join(folder, 'next.img');
    this.#mount = join(folder, 'mount');
    sh('truncate', '-s', SIZE, this.#image);
    sh('mkfs.ext4', '-q', '-F', this.#image);
    mkdirSync(this.#mount);
    undo.add(() => {
      if (!this.#unmount()) spawnSync('umount', ['-l', this.#mount]);
    });
    this.#mountImage();
    mkdirSync(this.profile);
  }

  get profile(): string {
    return join(this.#mount, 'profile');
  }

  settle(): void {
    sh('sync', '-f', this.#mount);
  }

  /** The kernel may write back while the copy is being made, and a disk is never half of one instant: then again. */
  async cut(): Promise<void> {
    for (let copies = 0; copies < COPIES_MAX; copies += 1) {
      rmSync(this.#next, { force: true });
      sh('cp', '--sparse=always', this.#image, this.#next);
      if (spawnSync('cmp', ['-s', this.#image, this.#next]).status === 0) return;
    }
    throw new Error('the disk did not stand still for its picture');
  }

  async powerUp(): Promise<void> {
    await until(UNMOUNT_MS, 'the unmounting', () => (this.#unmount() ? true : undefined));
    renameSync(this.#next, this.#image);
    this.#mountImage();
  }

  #mountImage(): void {
    try {
      sh('mount', '-o', 'loop', this.#image, this.#mount);
    } catch {
      spawnSync('e2fsck', ['-p', this.#image]); // What a machine does at boot when its file system asks for it.
      sh('mount', '-o', 'loop', this.#image, this.#mount);
    }
  }

  #unmount(): boolean {
    if (spawnSync('mountpoint', ['-q', this.#mount]).status !== 0) return true;
    return spawnSync('umount', [this.#mount]).status === 0;
  }
}
