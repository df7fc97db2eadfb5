import type { Driver, PrinterEntry, PrinterSession, PrinterSettings } from './driver.ts';
import { DeviceError } from './errors.ts';
import type { PrinterLanguage } from './printer-profile.ts';

/** Drivers of printers, each fetched when it is first wanted. */
export class LoadedDrivers {
  readonly #entries: readonly PrinterEntry[];
  readonly #loaded = new Map<string, Driver<PrinterSession, PrinterSettings>>();

  constructor(entries: readonly PrinterEntry[]) {
    this.#entries = entries;
  }

  /** The first that speaks a language. */
  speaking(language: PrinterLanguage): string | undefined {
    return this.#entries.find(({ languages }) => languages.includes(language))?.id;
  }

  /** Rejects with DeviceError `unsupported` where nobody has it, and as its import does. */
  async load(id: string): Promise<Driver<PrinterSession, PrinterSettings>> {
    const loaded = this.#loaded.get(id);
    if (loaded !== undefined) return loaded;
    const entry = this.#entries.find((each) => each.id === id);
    if (entry === undefined) throw new DeviceError('unsupported', `no driver ${id}`);
    const driver = await entry.load();
    this.#loaded.set(id, driver);
    return driver;
  }
}
