import { expect, type Locator } from '@playwright/test';
import type { BenchDevice } from '../fakes/counter-page.ts';
import type { TillPage } from '../page-models/till-page.ts';

type Place = 'printer' | 'reader' | 'terminal' | 'scanner' | 'scale' | 'pole' | 'tags';

/** The devices page, as the owner uses it, and the cables of the simulated counter. */
export class DevicesPage {
  readonly till: TillPage;

  constructor(till: TillPage) {
    this.till = till;
  }

  by(testId: string): Locator {
    return this.till.by(testId);
  }

  async open(place: Place): Promise<void> {
    await this.till.go('devices');
    await this.by(`place-${place}`).click();
    await expect(this.by(`place-${place}`)).toHaveAttribute('aria-pressed', 'true');
  }

  /** Which device the person clicks on in the browser's chooser. */
  async chooses(name: BenchDevice | undefined): Promise<void> {
    await this.till.page.evaluate((device) => counterBench.chooses(device), name);
  }

  /** Connects through the page and the chooser. `offer` is the driver and its bus, as the page lists them. */
  async connect(place: Place, offer: string, name: BenchDevice, field?: string): Promise<void> {
    await this.open(place);
    const other = this.by('connect-other');
    // What is connected is tried first; another one is connected behind a fold.
    if ((await other.count()) > 0 && (await other.getAttribute('open')) === null)
      await other.locator('summary').click();
    await this.by('device-offer').selectOption(offer);
    if (field !== undefined) {
      await this.by('device-field').fill(field);
      await this.by('device-field').blur();
    }
    await this.chooses(name);
    await this.by('device-pair').click();
    await expect(this.by('device-link')).toHaveAttribute('data-link', 'connected');
    await this.sign(place, 'connected');
    await expect.poll(() => this.openDevices()).toContain(name);
  }

  async connectPrinter(name: 'printer' | 'printer-2' | 'printer-gbk' = 'printer'): Promise<void> {
    await this.open('printer');
    await this.chooses(name);
    await this.by('pair-usb').click();
    await this.sign('printer', 'connected');
    await expect.poll(() => this.openDevices()).toContain(name);
  }

  /** The tile on the health board. */
  async sign(place: Place, sign: 'connected' | 'absent' | 'never' | 'refused' | 'simulated'): Promise<void> {
    await expect(this.by(`place-${place}`)).toHaveAttribute('data-sign', sign);
  }

  async unplug(name: BenchDevice): Promise<void> {
    await this.till.page.evaluate((device) => counterBench.unplug(device), name);
  }

  async plug(name: BenchDevice): Promise<void> {
    await this.till.page.evaluate((device) => counterBench.plug(device), name);
  }

  /** Out and in again: the tile turns red and green, and nobody is asked anything. */
  async replug(place: Place, name: BenchDevice): Promise<void> {
    const asked = await this.till.page.evaluate(() => counterBench.asked());
    await this.unplug(name);
    // Also at a demo: nothing simulated takes its place.
    await this.sign(place, 'absent');
    await this.plug(name);
    await this.sign(place, 'connected');
    await expect.poll(() => this.openDevices()).toContain(name);
    expect(await this.till.page.evaluate(() => counterBench.asked())).toBe(asked);
  }

  async openDevices(): Promise<readonly BenchDevice[]> {
    return this.till.page.evaluate(() => counterBench.open());
  }

  async heard(text: string | RegExp): Promise<void> {
    await expect(this.by('device-heard')).toHaveText(text);
  }
}
