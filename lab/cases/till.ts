import type { Locator, Page } from '@playwright/test';

const PIN = '908172';

/** The till in the guest, as a cashier uses it. Waits as long as the page's own bound says: everything there is slow. */
export class LabTill {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  by(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** Waits until an element of this id has one of the values in the attribute. */
  async see(testId: string, attribute: string, values: string | readonly string[]): Promise<void> {
    const wanted = [values].flat().map((value) => `[data-testid="${testId}"][${attribute}="${value}"]`);
    await this.page.locator(wanted.join(', ')).first().waitFor();
  }

  /** First run; the server on the same machine offers the code. */
  async setUp(): Promise<void> {
    await this.by('set-up').click();
    await this.by('shop-name').fill('小面馆');
    await this.by('trade-catering').click();
    await this.by('continue').click();
    await this.pin();
    await this.pin();
    await this.by('charge').waitFor();
  }

  async pin(): Promise<void> {
    await this.page.locator('[data-testid="pin-0"]:not([disabled])').waitFor();
    for (const digit of PIN) await this.by(`pin-${digit}`).click();
  }

  async unlock(): Promise<void> {
    await this.pin();
    await this.by('nav-till').waitFor();
  }

  async go(place: 'till' | 'devices'): Promise<void> {
    await this.by(`nav-${place}`).click();
  }

  /** To the page that says 'paid'; the slip is on its way then. */
  async sell(amount: string): Promise<void> {
    await this.go('till');
    for (const key of amount) await this.by(`key-${key}`).click();
    await this.by('charge').click();
    await this.by('confirm-cash').click();
    await this.by('done').waitFor();
  }

  async next(): Promise<void> {
    await this.by('next').click();
    await this.by('charge').waitFor();
  }

  async slip(state: string): Promise<void> {
    await this.see('slip', 'data-state', state);
  }

  /**
   * Connects as a person does. The chooser belongs to the browser and cannot be driven, so it is answered here: with a
   * device that the policy of the shop allows, and that is the browser's own.
   */
  async pairUsb(serialNumber: string): Promise<void> {
    await this.go('devices');
    await this.page.evaluate((serial) => {
      const choose = async (): Promise<USBDevice> => {
        const found = (await navigator.usb.getDevices()).find((each) => each.serialNumber === serial);
        if (found === undefined) throw new DOMException('No device selected.', 'NotFoundError');
        return found;
      };
      Object.defineProperty(navigator.usb, 'requestDevice', { configurable: true, value: choose });
    }, serialNumber);
    await this.by('pair-usb').click();
  }
}
