import { expect, vi } from 'vitest';
import { FakeServices } from './fake-services.ts';
import { type Mounted, mount, tap } from './mount.ts';
import { SCENES } from './scenes.ts';

/** One screen over fake services, and what a person does with it. */
export class Screen {
  fake = new FakeServices();
  shown: Mounted | undefined;

  /** Shows the app as it is, or in a scene; a screen that is there already is taken away. */
  show(scene?: string, hash?: string): void {
    const found = SCENES.find((each) => each.name === scene);
    if (scene !== undefined && found === undefined) throw new Error(`no scene ${scene}`);
    found?.set(this.fake);
    this.shown?.remove();
    this.shown = mount(this.fake, hash ?? found?.hash);
  }

  /** Begins anew with another till. */
  renew(): void {
    this.close();
    this.fake = new FakeServices();
  }

  close(): void {
    this.shown?.remove();
    this.shown = undefined;
    location.hash = '';
  }

  /** To the tender page, with its buttons ready. */
  async charge(entry: string): Promise<void> {
    this.fake.type(entry);
    void this.fake.checkout.send({ type: 'charge' });
    this.show();
    await this.armed('confirm-cash');
  }

  now(testId: string): HTMLElement | undefined {
    return this.shown?.find(testId);
  }

  all(testId: string): readonly HTMLElement[] {
    return this.shown?.findAll(`[data-testid="${testId}"]`) ?? [];
  }

  find(testId: string): Promise<HTMLElement> {
    return vi.waitFor(() => {
      const found = this.now(testId);
      if (found === undefined) throw new Error(`no ${testId}`);
      return found;
    });
  }

  async armed(testId: string): Promise<HTMLElement> {
    const button = await this.find(testId);
    await vi.waitFor(() => expect(button.ariaDisabled).toBe('false'));
    return button;
  }

  async enabled(testId: string): Promise<HTMLElement> {
    const button = await this.find(testId);
    await vi.waitFor(() => expect(button.hasAttribute('disabled')).toBe(false));
    return button;
  }

  async write(testId: string, text: string): Promise<void> {
    const field = await this.find(testId);
    if (!(field instanceof HTMLInputElement)) throw new Error(`${testId} is no field`);
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  async pin(digits: string): Promise<void> {
    for (const digit of digits) tap(await this.find(`pin-${digit}`));
  }

  get sent(): readonly string[] {
    return this.fake.sent.map((event) => event.type);
  }
}
