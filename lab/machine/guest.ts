import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LateError, until, within } from '../../e2e/crash/deadline.ts';
import type { Undo } from '../../e2e/crash/undo.ts';
import { IMAGE } from '../image/place.ts';

/** Ports of the host's loopback: the browser's debugging port, and the agent that runs commands in the guest. */
const BROWSER_PORT = 9222;
const AGENT_PORT = 7000;
export const BROWSER_URL = `http://127.0.0.1:${BROWSER_PORT}`;

/** Bounds against hanging, not promises: everything in the guest is emulated. */
const BOOT_MS = 300_000;
const COMMAND_MS = 120_000;
const PROBE_MS = 5_000;
const SAVE_MS = 180_000;
/** What is kept of the guest's console, characters. */
const CONSOLE_MAX = 20_000;
const MEMORY = '3G';

/** One emulated machine. Software emulation, because it runs the same wherever qemu does. */
export class Guest {
  readonly #undo: Undo;
  readonly #folder = mkdtempSync(join(tmpdir(), 'xiaoji-lab-'));
  #qemu: ChildProcess | undefined;
  #console = '';

  constructor(undo: Undo) {
    this.#undo = undo;
    undo.add(() => rmSync(this.#folder, { recursive: true, force: true }));
  }

  /** True when it can start where its browser already runs. */
  get isWarm(): boolean {
    return existsSync(IMAGE.ready) && !process.env['LAB_COLD'];
  }

  /** Resolves when commands run in it and its browser is up. */
  async boot(): Promise<void> {
    const isWarm = this.isWarm;
    this.#start(isWarm);
    const isUp = async (): Promise<true | undefined> => {
      if (this.#qemu === undefined) throw new Error(`the guest ended: ${this.#console.slice(-2_000)}`);
      if (!isWarm) return this.#console.includes('LAB browser up') || undefined;
      return this.#run('true', PROBE_MS).then(
        () => true,
        () => undefined,
      );
    };
    await until(BOOT_MS, 'booting the guest', isUp);
    // A saved machine brings its old clock along.
    await this.sh(`date -s @${Math.ceil(Date.now() / 1_000)}`);
  }

  /** Runs a command line in the guest as root; what it printed. Rejects when it fails. */
  sh(command: string): Promise<string> {
    return this.#run(command, COMMAND_MS);
  }

  /** Keeps the machine as it is now, for the next boot. */
  async save(): Promise<void> {
    const monitor = connect(join(this.#folder, 'monitor'));
    let said = '';
    monitor.on('data', (data: Buffer) => {
      said += data.toString();
    });
    monitor.write('savevm ready\n');
    try {
      // The prompt before the command and the one after it.
      await until(SAVE_MS, 'saving the guest', () => said.split('(qemu)').length > 2 || undefined);
    } finally {
      monitor.destroy();
    }
    if (/error/i.test(said)) throw new Error(`the guest was not saved: ${said}`);
    renameSync(IMAGE.fresh, IMAGE.ready);
  }

  /** The kept machine does not wake up: the next boot is a cold one. */
  forget(): void {
    rmSync(IMAGE.ready, { force: true });
  }

  async stop(): Promise<void> {
    const qemu = this.#qemu;
    if (qemu === undefined) return;
    const ended = once(qemu, 'exit');
    qemu.kill('SIGTERM');
    await ended;
  }

  #start(isWarm: boolean): void {
    if (!isWarm) {
      const image = ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', IMAGE.disk, IMAGE.fresh];
      spawnSync('qemu-img', image, { stdio: ['ignore', 2, 2] });
    }
    const forwards = `hostfwd=tcp:127.0.0.1:${BROWSER_PORT}-:9223,hostfwd=tcp:127.0.0.1:${AGENT_PORT}-:7000`;
    const args = [
      ...['-name', 'till', '-machine', 'q35', '-accel', 'tcg,thread=multi,tb-size=1024', '-cpu', 'Nehalem'],
      ...['-smp', '2', '-m', MEMORY, '-kernel', IMAGE.kernel, '-initrd', IMAGE.initrd],
      ...['-append', 'console=ttyS0 quiet panic=-1 mitigations=off nokaslr'],
      ...['-drive', `file=${isWarm ? IMAGE.ready : IMAGE.fresh},if=virtio,cache=unsafe`],
      ...['-netdev', `user,id=n0,${forwards}`, '-device', 'virtio-net-pci,netdev=n0,romfile='],
      ...['-device', 'virtio-rng-pci', '-display', 'none', '-vga', 'none', '-serial', 'stdio', '-no-reboot'],
      ...['-monitor', `unix:${join(this.#folder, 'monitor')},server=on,wait=off`],
      ...(isWarm ? ['-loadvm', 'ready'] : []),
    ];
    const qemu = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const taken = this.#undo.add(() => void qemu.kill('SIGTERM'));
    this.#console = '';
    this.#qemu = qemu;
    const hear = (data: Buffer): void => {
      this.#console = (this.#console + data.toString()).slice(-CONSOLE_MAX);
      if (process.env['LAB_VERBOSE']) process.stderr.write(data);
    };
    qemu.stdout.on('data', hear);
    qemu.stderr.on('data', hear);
    qemu.once('error', (error) => hear(Buffer.from(error.message)));
    qemu.once('exit', () => {
      if (this.#qemu === qemu) this.#qemu = undefined;
      taken();
    });
  }

  async #run(command: string, ms: number): Promise<string> {
    const socket = connect(AGENT_PORT, '127.0.0.1', () => socket.write(`${command}\n`));
    let said = '';
    socket.on('data', (data: Buffer) => {
      said += data.toString();
    });
    try {
      await within(ms, command, once(socket, 'close'));
    } catch (error) {
      if (error instanceof LateError) throw error;
      // A reset after the last line is as good as an end.
    } finally {
      socket.destroy();
    }
    const [, output = '', status = 'none'] = /^(.*)exit (\d+)\n$/s.exec(said) ?? [];
    if (status !== '0') throw new Error(`${command}: exit ${status}\n${said}`);
    return output;
  }
}
