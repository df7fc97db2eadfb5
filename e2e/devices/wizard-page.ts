import { expect, type Locator } from '@playwright/test';
import type { DevicesPage } from './devices-page.ts';

/** The printer's wizard, walked by somebody who looks at the paper and the drawer, and answers what they see. */
export class WizardPage {
  readonly devices: DevicesPage;

  constructor(devices: DevicesPage) {
    this.devices = devices;
  }

  by(name: string): Locator {
    return this.devices.by(`wizard-${name}`);
  }

  async begin(): Promise<void> {
    await this.by('open').click();
    await this.asks('ask-charset');
  }

  async asks(scene: string): Promise<void> {
    await expect(this.devices.by('wizard')).toHaveAttribute('data-scene', scene);
    await expect(this.devices.by('wizard').getByRole('heading')).toBeFocused();
  }

  /** The answer by the keyboard alone, from the heading that has the place. */
  async answersByKeys(name: string): Promise<void> {
    const { page } = this.devices.till;
    await expect(this.by(name)).toBeVisible();
    for (let stop = 0; stop < 6; stop += 1) {
      await page.keyboard.press('Tab');
      if (await this.by(name).evaluate((button) => button.matches(':focus'))) break;
    }
    await page.keyboard.press('Enter');
  }

  async answers(name: string): Promise<void> {
    await this.by(name).click();
  }

  async paper(): Promise<readonly string[]> {
    return this.devices.till.page.evaluate(() => counterBench.paper('printer-gbk'));
  }

  async tear(): Promise<void> {
    await this.devices.till.page.evaluate(() => counterBench.tear('printer-gbk'));
  }

  /** What the wizard says that it found. */
  async found(what: 'charset' | 'columns' | 'cutter' | 'drawer'): Promise<string> {
    return (await this.by('found').locator(`[data-found=${what}]`).textContent()) ?? '';
  }
}
