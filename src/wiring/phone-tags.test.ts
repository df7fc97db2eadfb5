import { describe, expect, test, vi } from 'vitest';
import { FakeNfc } from '../devices/simulators/browser/fake-nfc.ts';
import { PhoneTags } from './phone-tags.ts';

const CARD = { serialNumber: '04:a2:3b:11', records: [] };

function counter({ isAllowed = true, kept }: { isAllowed?: boolean; kept?: boolean } = {}) {
  const nfc = new FakeNfc();
  const vault = new Map<string, unknown>(kept === undefined ? [] : [['device-tags-phone', kept]]);
  const happened = vi.fn();
  const phone = new PhoneTags({
    makeReader: nfc.makeReader,
    isAllowed: async () => isAllowed,
    vault: {
      get: async (key) => vault.get(key),
      set: async (key, value) => void vault.set(key, value),
    },
    changed: () => undefined,
    happened,
  });
  return { nfc, vault, phone, happened };
}

describe('the phone as a reader of member tags', () => {
  test('is no device until somebody begins it; then a tag is told like that of any reader', async () => {
    const { phone, nfc, vault } = counter();
    await phone.load();
    expect(phone.view).toBeUndefined();
    await phone.pair();
    nfc.tap(CARD);
    expect(phone.view).toMatchObject({
      place: 'tags',
      link: 'connected',
      driver: 'web-nfc',
      heard: '04A23B11',
    });
    expect(vault.get('device-tags-phone')).toBe(true);
  });

  test('begins again by itself after a reload, where that is allowed', async () => {
    const { phone } = counter({ kept: true });
    await phone.load();
    expect(phone.view?.link).toBe('connected');
  });

  test('waits for a button where it is not, and the button asks', async () => {
    const { phone } = counter({ kept: true, isAllowed: false });
    await phone.load();
    expect(phone.view?.link).toBe('absent');
    await phone.reacquire(true);
    expect(phone.view?.link).toBe('connected');
  });

  test('a refusal is a code, nothing is remembered, and a forgotten phone stays forgotten', async () => {
    const { phone, nfc, vault } = counter();
    nfc.permission = 'denied';
    await expect(phone.pair()).rejects.toMatchObject({ code: 'no-access' });
    expect(phone.view).toBeUndefined();
    nfc.permission = 'granted';
    await phone.pair();
    await phone.forget();
    expect(phone.view).toBeUndefined();
    expect(vault.get('device-tags-phone')).toBeNull();
  });
});
