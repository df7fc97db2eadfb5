import * as z from 'zod/mini';
import type { TerminalSettings } from '../devices/terminals/terminal-settings.ts';
import type { DeviceField, DeviceFieldValues } from '../flow/counter-devices.ts';
import { Store } from '../flow/store.ts';

interface VaultPart {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

const KEY = 'terminal-fields';
const text = z.optional(z.string());
const FieldsSchema = z.object({ 'ecrhub-app-id': text, 'zvt-password': text, 'pax-stores-offline': text });

/** Most terminals come with this one; it opens settings, no money. */
const ZVT_PASSWORD = '000000';

/** What the owner entered for payment terminals, kept with the till and never uploaded. */
export class TerminalFacts {
  readonly values = new Store<DeviceFieldValues>({});
  readonly #vault: VaultPart;

  constructor(vault: VaultPart) {
    this.#vault = vault;
  }

  async load(): Promise<void> {
    const kept = z.safeParse(FieldsSchema, await this.#vault.get(KEY));
    if (kept.success) this.values.set(kept.data as DeviceFieldValues);
  }

  async enter(field: DeviceField, value: string): Promise<void> {
    this.values.set({ ...this.values.value, [field]: value });
    await this.#vault.set(KEY, this.values.value);
  }

  /** For the drivers, as it is at the moment of connecting. */
  settings(): Pick<TerminalSettings, 'ecrhub' | 'zvt' | 'pax'> {
    const { value } = this.values;
    const appId = value['ecrhub-app-id'];
    const password = value['zvt-password'];
    return {
      ...(appId ? { ecrhub: { appId } } : {}),
      zvt: { password: password && /^\d{6}$/.test(password) ? password : ZVT_PASSWORD },
      pax: { storesOffline: value['pax-stores-offline'] === 'on' },
    };
  }
}
