import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../../scripts/pinned.mjs';
import { BENCH_PORT, IMAGE, LAB_DIR, originOf, TILL_PORT } from './place.ts';

/** Programs of the host that make and run the guest. */
const HOST_PACKAGES = ['qemu-system-x86', 'qemu-utils', 'mmdebstrap', 'e2fsprogs', 'cpio', 'busybox-static'];
/** The guest: a kernel, what makes its devices, a browser and one font. */
const GUEST_PACKAGES =
  'linux-image-amd64,udev,kmod,iproute2,socat,usbip,usbutils,procps,busybox-static,chromium,fonts-dejavu-core';
const DISK_SIZE = '3G';
/** Modules that it takes to find the disk. */
const DISK_MODULES = ['virtio_pci', 'virtio_blk', 'ext4'];
/** The address in the files for a managed shop, which a shop replaces by its own; so does the lab. */
const SHOP_ORIGIN = 'https://till.example';

const GUEST = join(ROOT, 'lab', 'guest');
const MANAGED = join(ROOT, 'docs', 'managed');

/** The files that docs/managed-shop.md hands out, and where a machine of a shop has them. */
const MANAGED_FILES = {
  'policies.json': 'etc/chromium/policies/managed/xiaoji.json',
  '70-xiaoji.rules': 'etc/udev/rules.d/70-xiaoji.rules',
  'xiaoji-usblp.conf': 'etc/modprobe.d/xiaoji-usblp.conf',
} as const;

/** Something on this machine is missing for the lab: the sentence says what. */
export class NoLabError extends Error {}

type Say = (text: string) => void;

/** Makes the guest, or what of it is out of date. The root file system, the slow part, stays while its packages do. */
export function buildImage(say: Say): void {
  const wanted = imageStamp();
  if (existsSync(IMAGE.stamp) && readFileSync(IMAGE.stamp, 'utf8').trim() === wanted) return;
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new NoLabError(
      'The lab is built as root on Debian or Ubuntu: it installs packages and makes a disk.',
    );
  mkdirSync(LAB_DIR, { recursive: true });
  installHostPackages(say);
  for (const file of [IMAGE.stamp, IMAGE.ready, IMAGE.fresh]) rmSync(file, { force: true });
  makeRootFileSystem(say);
  say('Lab: making the disk of the guest …');
  putOurFiles();
  makeInitrd();
  makeDisk();
  writeFileSync(IMAGE.stamp, `${wanted}\n`);
}

function imageStamp(): string {
  const hash = createHash('sha256').update(GUEST_PACKAGES);
  for (const folder of [GUEST, MANAGED]) {
    for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.update(readFileSync(fileURLToPath(import.meta.url))).digest('hex');
}

function installHostPackages(say: Say): void {
  if (spawnSync('dpkg', ['-s', ...HOST_PACKAGES], { stdio: 'ignore' }).status === 0) return;
  say(`Lab: installing ${HOST_PACKAGES.join(', ')} …`);
  must('apt-get', ['update', '-qq']);
  must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...HOST_PACKAGES]);
}

/** From the package sources of this machine, whatever they are. */
function makeRootFileSystem(say: Say): void {
  if (existsSync(IMAGE.packages) && readFileSync(IMAGE.packages, 'utf8').trim() === GUEST_PACKAGES) return;
  say('Lab: making the guest, about four minutes …');
  rmSync(IMAGE.rootfs, { recursive: true, force: true });
  rmSync(IMAGE.packages, { force: true });
  const release = /^VERSION_CODENAME=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
  const options = [
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=Acquire::Check-Valid-Until "false"',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    '--dpkgopt=path-exclude=/usr/share/man/*',
  ];
  const what = ['--quiet', '--mode=root', '--variant=apt', `--include=${GUEST_PACKAGES}`];
  must('mmdebstrap', [...what, ...options, release, IMAGE.rootfs, ...packageSources()]);
  writeFileSync(IMAGE.packages, `${GUEST_PACKAGES}\n`);
}

function packageSources(): readonly string[] {
  const folder = '/etc/apt/sources.list.d';
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  return ['/etc/apt/sources.list', ...files].filter(
    (file) => /\.(list|sources)$/.test(file) && existsSync(file) && readFileSync(file).length > 0,
  );
}

function putOurFiles(): void {
  // What an earlier build left there would help the files that are to be tried.
  for (const place of Object.values(MANAGED_FILES))
    rmSync(join(IMAGE.rootfs, dirname(place)), { recursive: true, force: true });
  for (const name of ['init', 'browser', 'agent']) install(join(GUEST, name), `lab/${name}`, '755');
  for (const [name, place] of Object.entries(MANAGED_FILES)) install(join(MANAGED, name), place, '644');
  const policies = join(IMAGE.rootfs, MANAGED_FILES['policies.json']);
  const ours = [TILL_PORT, BENCH_PORT].map((port) => `"${originOf(port)}"`).join(', ');
  writeFileSync(policies, readFileSync(policies, 'utf8').replaceAll(`"${SHOP_ORIGIN}"`, ours));
  const isNew = !/^till:/m.test(readFileSync(join(IMAGE.rootfs, 'etc/passwd'), 'utf8'));
  if (isNew) must('chroot', [IMAGE.rootfs, 'useradd', '--create-home', '--shell', '/bin/sh', 'till']);
  must('chroot', [IMAGE.rootfs, 'usermod', '--append', '--groups', 'plugdev,dialout', 'till']);
}

function install(from: string, place: string, mode: string): void {
  must('install', ['-D', '-m', mode, from, join(IMAGE.rootfs, place)]);
}

function makeInitrd(): void {
  const boot = join(IMAGE.rootfs, 'boot');
  const kernel = readdirSync(boot)
    .filter((name) => name.startsWith('vmlinuz-'))
    .sort()
    .at(-1);
  if (kernel === undefined)
    throw new NoLabError('The guest has no kernel: remove its folder and build again.');
  copyFileSync(join(boot, kernel), IMAGE.kernel);
  const version = kernel.slice('vmlinuz-'.length);
  const files = mkdtempSync(join(tmpdir(), 'xiaoji-initrd-'));
  try {
    for (const name of ['bin', 'mod', 'proc', 'dev', 'new']) mkdirSync(join(files, name));
    must('install', ['-m', '755', '/bin/busybox', join(files, 'bin/busybox')]);
    must('install', ['-m', '755', join(GUEST, 'initramfs-init'), join(files, 'init')]);
    for (const module of modulesFor(version)) {
      copyFileSync(join(IMAGE.rootfs, module), join(files, 'mod', basename(module)));
      appendFileSync(join(files, 'mod', 'order'), `${basename(module)}\n`);
    }
    must('sh', ['-c', `cd "$0" && find . | cpio --quiet -o -H newc | gzip > "$1"`, files, IMAGE.initrd]);
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
}

/** Paths of the disk's modules and of those that they need, in the order of loading. */
function modulesFor(version: string): ReadonlySet<string> {
  const paths = DISK_MODULES.flatMap((module) =>
    must('chroot', [IMAGE.rootfs, 'modprobe', '-S', version, '--show-depends', module])
      .split('\n')
      .map((line) => /^insmod (\S+)/.exec(line)?.[1] ?? ''),
  );
  return new Set(paths.filter(Boolean));
}

function makeDisk(): void {
  const raw = join(dirname(IMAGE.disk), 'disk.ext4');
  must('mkfs.ext4', ['-q', '-F', '-O', '^has_journal', '-d', IMAGE.rootfs, raw, DISK_SIZE]);
  must('qemu-img', ['convert', '-O', 'qcow2', raw, IMAGE.disk]);
  rmSync(raw);
}

/** Runs a program of the host; its standard output. */
function must(command: string, args: readonly string[]): string {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync(command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 2] });
  if (done.error !== undefined) throw new NoLabError(`${command}: ${done.error.message}`);
  if (done.status !== 0) throw new NoLabError(`${command} ${args[0] ?? ''} ended with ${done.status}`);
  return done.stdout;
}
