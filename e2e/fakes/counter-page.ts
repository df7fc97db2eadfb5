import type { HidCore, SerialCore, UsbCore } from '../../src/devices/simulators/browser/cores.ts';
import { FakeHid } from '../../src/devices/simulators/browser/fake-hid.ts';
import { FakeSerial } from '../../src/devices/simulators/browser/fake-serial.ts';
import { FakeUsb } from '../../src/devices/simulators/browser/fake-usb.ts';
import { publishedTdesKeys } from '../../src/devices/simulators/card-reader/reader-keys.ts';
import { EcrHubTerminal } from '../../src/devices/simulators/ecrhub/ecrhub-terminal.ts';
import { printerUsbCore } from '../../src/devices/simulators/escpos/usb-device.ts';
import {
  VirtualPrinter,
  type VirtualPrinterOptions,
} from '../../src/devices/simulators/escpos/virtual-printer.ts';
import { MmsReader } from '../../src/devices/simulators/mms/reader.ts';
import { MagneSafeReader } from '../../src/devices/simulators/msr-magnesafe/magnesafe-reader.ts';
import { SecureMagReader } from '../../src/devices/simulators/msr-securemag/securemag-reader.ts';
import { Neo2Reader } from '../../src/devices/simulators/neo2/reader.ts';
import { PaxTerminal } from '../../src/devices/simulators/pax/pax-terminal.ts';
import { Pn532Board } from '../../src/devices/simulators/pn532/pn532-board.ts';
import { VirtualPole } from '../../src/devices/simulators/pole/virtual-pole.ts';
import { ContinuousScale } from '../../src/devices/simulators/scale/continuous-scale.ts';
import { HidScanner } from '../../src/devices/simulators/scanner/hid-scanner.ts';
import { SerialScanner } from '../../src/devices/simulators/scanner/serial-scanner.ts';
import { ZvtTerminal } from '../../src/devices/simulators/zvt/zvt-terminal.ts';
import { systemTimers as timers } from '../../src/devices/timers.ts';

/**
 * Runs in the page before the app: `navigator.usb`, `.hid` and `.serial` become the sockets of a counter with every kind of
 * device in them, exact to the byte. The chooser picks what the test named.
 */
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
/** Settings of the simulated devices that a test changes. */
const set = { isClear: false, account: '' };
const reader = () => ({
  timers,
  random,
  keys: publishedTdesKeys(),
  stepMs: 100,
  get encryption() {
    return set.isClear ? ('off' as const) : ('on' as const);
  },
});
const terminal = { timers, now: () => Date.now(), customerMs: 600 };
const printer = (serialNumber: string, options: Partial<VirtualPrinterOptions> = {}) => {
  const paper = new VirtualPrinter({ columns: 48, answers: 'gs-h', ...options });
  return { paper, usb: printerUsbCore(paper, { serialNumber }) };
};

/** Simulators by the name that a test calls them. */
const cores = {
  mms: new MmsReader(reader()),
  neo2: new Neo2Reader(reader()),
  magnesafe: new MagneSafeReader(),
  securemag: new SecureMagReader(),
  'scanner-hid': new HidScanner({ startsAsKeyboard: true }),
  'scanner-serial': new SerialScanner(),
  ecrhub: new EcrHubTerminal(terminal),
  zvt: new ZvtTerminal(terminal),
  pax: new PaxTerminal(terminal),
  scale: new ContinuousScale(timers),
  pole: new VirtualPole({ hasChinese: false }),
  pn532: new Pn532Board(),
};
const printers = {
  printer: printer('E2E-1'),
  'printer-2': printer('E2E-2'),
  /** An older clone on narrow paper, on a drawer that is wired the other way round: nothing is as the till would guess. */
  'printer-gbk': printer('E2E-3', {
    columns: 32,
    charset: 'gbk',
    answers: 'gs-r',
    isDrawerInverted: true,
  }),
};
type Name = keyof typeof cores | keyof typeof printers;

// Terminals in a wrong mode: the account comes in clear. Empty: it comes hidden, as it must.
const sayEcrHub = cores.ecrhub.say.bind(cores.ecrhub);
cores.ecrhub.say = (message) => {
  const biz = message['biz_data'] as object | undefined;
  const shown = { card_no: set.account, pay_user_account_id: set.account, track2: `${set.account}=3012` };
  sayEcrHub(set.account === '' ? message : { ...message, biz_data: { ...biz, ...shown } });
};
const sayPax = cores.pax.babble.bind(cores.pax);
const HIDDEN = '\x1c0119\x1f';
cores.pax.babble = (bytes) => {
  const text = new TextDecoder('latin1').decode(bytes);
  if (set.account === '' || !text.includes(HIDDEN)) return sayPax(bytes);
  // The frame but its first byte and its check byte.
  const told = text.slice(1, -1).replace(HIDDEN, `\x1c${set.account}\x1f`);
  const check = [...told].reduce((lrc, sign) => lrc ^ sign.charCodeAt(0), 0);
  sayPax(Uint8Array.from(`\x02${told}${String.fromCharCode(check)}`, (sign) => sign.charCodeAt(0)));
};

const usb = new FakeUsb();
const hid = new FakeHid();
const serial = new FakeSerial();

/** Which devices this browser was allowed, and which cables are out: the profile and the counter remember that over a reload. */
const remembered = (key: string): Set<string> => new Set(JSON.parse(localStorage.getItem(key) ?? '[]'));
const keep = (key: string, change: (names: Set<string>) => unknown): void => {
  const names = remembered(key);
  change(names);
  localStorage.setItem(key, JSON.stringify([...names]));
};
const PERMITTED = 'e2e-permitted';
const OUT = 'e2e-unplugged';

interface Socket {
  readonly core: object;
  plug(isPermitted?: boolean): void;
  unplug(): void;
  isOpen(): boolean;
}

const permission = (isPermitted: boolean | undefined) => (isPermitted === undefined ? {} : { isPermitted });

const usbSocket = (core: UsbCore): Socket => ({
  core,
  plug: (isPermitted) => void usb.plug(core, permission(isPermitted)),
  unplug: () => usb.unplug(core),
  isOpen: () => usb.deviceOf(core)?.opened ?? false,
});

const hidSocket = (core: HidCore): Socket => ({
  core,
  plug: (isPermitted) => void hid.plug(core, permission(isPermitted)),
  unplug: () => hid.unplug(core),
  isOpen: () => hid.deviceOf(core)?.opened ?? false,
});

/** Each at a converter of its own make, so that a reload finds them apart. */
const serialSocket = (core: SerialCore, usbProductId: number): Socket => ({
  core,
  plug: (isPermitted) =>
    void serial.plug(core, { info: { usbVendorId: 0x1a86, usbProductId }, ...permission(isPermitted) }),
  unplug: () => serial.unplug(core),
  isOpen: () => (serial.deviceOf(core)?.readable ?? null) !== null,
});

const sockets: Readonly<Record<Name, Socket>> = {
  printer: usbSocket(printers.printer.usb),
  'printer-2': usbSocket(printers['printer-2'].usb),
  'printer-gbk': usbSocket(printers['printer-gbk'].usb),
  mms: hidSocket(cores.mms),
  neo2: hidSocket(cores.neo2),
  magnesafe: hidSocket(cores.magnesafe),
  securemag: hidSocket(cores.securemag),
  'scanner-hid': hidSocket(cores['scanner-hid']),
  'scanner-serial': serialSocket(cores['scanner-serial'], 1),
  ecrhub: serialSocket(cores.ecrhub, 2),
  zvt: serialSocket(cores.zvt, 3),
  pax: serialSocket(cores.pax, 4),
  scale: serialSocket(cores.scale, 5),
  pole: serialSocket(cores.pole, 6),
  pn532: serialSocket(cores.pn532, 7),
};
const names = Object.keys(sockets) as Name[];

let wanted: Name | undefined;
let asked = 0;
const chooses = <Core extends object>(offered: readonly Core[]): Core | undefined => {
  asked += 1;
  return offered.find((core) => wanted !== undefined && core === sockets[wanted].core);
};
const permits = (core: object): void => {
  const name = names.find((each) => sockets[each].core === core);
  if (name !== undefined) keep(PERMITTED, (all) => all.add(name));
};
for (const api of [usb, hid, serial]) Object.assign(api, { chooses, onPermitted: permits });
for (const name of names) if (!remembered(OUT).has(name)) sockets[name].plug(remembered(PERMITTED).has(name));

for (const [property, value] of Object.entries({ usb, hid, serial }))
  Object.defineProperty(Navigator.prototype, property, { configurable: true, get: () => value });

const bench = {
  ...cores,
  paper: (name: keyof typeof printers = 'printer') =>
    printers[name].paper.paper.map((line) => (line.kind === 'text' ? line.text : `[${line.kind}]`)),
  kicks: (name: keyof typeof printers = 'printer') => printers[name].paper.kicks.length,
  closeDrawer: (name: keyof typeof printers) => printers[name].paper.closeDrawer(),
  isDrawerOpen: (name: keyof typeof printers) => printers[name].paper.isDrawerOpen,
  setPaper: (name: keyof typeof printers, state: 'ok' | 'end') => printers[name].paper.setPaper(state),
  /** The paper that hangs out is torn off. */
  tear: (name: keyof typeof printers) => printers[name].paper.tear(),
  poleLines: () => cores.pole.lines,
  /** What the person clicks on in the next choosers; undefined closes them. */
  chooses: (name: Name | undefined) => {
    wanted = name;
  },
  /** How many choosers were shown. */
  asked: () => asked,
  plug: (name: Name) => {
    keep(OUT, (all) => all.delete(name));
    sockets[name].plug();
  },
  unplug: (name: Name) => {
    keep(OUT, (all) => all.add(name));
    sockets[name].unplug();
  },
  /** The cable of a terminal is pulled when the next card has been read and its bank is asked. */
  cutWhenAuthorising: (name: 'ecrhub' | 'zvt' | 'pax') => {
    const core = cores[name];
    core.onAuthorising = () => {
      core.onAuthorising = () => undefined;
      bench.unplug(name);
    };
  },
  /** The chip readers stop encrypting, as if they had never been set up to. */
  setClear: (isClear: boolean) => {
    set.isClear = isClear;
  },
  /** The terminals tell this account in clear; with nothing they hide it again. ZVT tells one of its own. */
  setAccount: (account: string) => {
    set.account = account;
    cores.zvt.books.showsCard = account !== '';
  },
  charged: () => cores.ecrhub.books.charged + cores.zvt.books.charged + cores.pax.charged,
  /** What this page has open. */
  open: (): readonly Name[] => names.filter((name) => sockets[name].isOpen()),
};
export type CounterBench = typeof bench;
export type BenchDevice = Name;
Object.assign(globalThis, { counterBench: bench });
