import { describe, expect, it } from 'vitest';
import { cleanApproval } from './approvals.ts';
import { columnReader, csvRows } from './csv.ts';
import { maskedPayer, reasonOf } from './outcomes.ts';
import { ReplayGuard } from './replay-guard.ts';
import { beijingMs, beijingText, rfc3339Beijing, rfc3339Ms } from './shop-time.ts';
import { withSignal } from './with-signal.ts';

describe('a reason', () => {
  it.each([
    ['ACQ.BUYER_BALANCE_NOT_ENOUGH', 'buyer-balance-not-enough'],
    ['NOTENOUGH', 'notenough'],
    ['isv.invalid-signature', 'isv-invalid-signature'],
    ['', 'unnamed'],
    ['余额不足', 'unnamed'],
    ['X'.repeat(100), 'x'.repeat(64)],
  ])('%s becomes %s', (code, reason) => {
    expect(reasonOf(code)).toBe(reason);
  });
});

describe('an approval', () => {
  it('leaves out what a slip cannot hold, and keeps the rest', () => {
    expect(
      cleanApproval({
        channelId: '42',
        trace: '12x',
        card: '6217001234567890',
        paidAt: undefined,
        issuer: '',
      }),
    ).toEqual({ channelId: '42' });
  });

  it.each([
    ['oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', 'oUp***6o'],
    ['159****5620', '159****5620'],
    ['abc', '***'],
    ['', undefined],
  ])('tells the payer %s as %s', (id, masked) => {
    expect(maskedPayer(id)).toBe(masked);
  });
});

describe('the replay guard', () => {
  it('forgets the oldest first', () => {
    const guard = new ReplayGuard(2);
    expect(['a', 'b', 'a', 'c', 'a'].map((id) => guard.take(id))).toEqual([true, true, false, true, true]);
  });
});

describe('times', () => {
  it('are Beijing time for the wallets', () => {
    const at = Date.UTC(2026, 10, 22, 16, 0, 0);
    expect(beijingText(at)).toBe('2026-11-23 00:00:00');
    expect(beijingMs('2026-11-23 00:00:00')).toBe(at);
    expect(rfc3339Beijing(at)).toBe('2026-11-23T00:00:00+08:00');
    expect(rfc3339Ms('2026-11-23T00:00:00+08:00')).toBe(at);
  });

  it.each(['2026-02-30 00:00:00', '2026-11-22', 'now', '', undefined])('%s is none', (text) => {
    expect(beijingMs(text)).toBeUndefined();
    expect(rfc3339Ms(text)).toBeUndefined();
  });
});

describe('comma separated text', () => {
  it('keeps commas and quotes inside quoted cells', () => {
    expect(csvRows('\uFEFFa,"b,""c""",d\r\n\r\n1,2\t,3\n')).toEqual([
      ['a', 'b,"c"', 'd'],
      ['1', '2', '3'],
    ]);
  });

  it('misses no column it needs', () => {
    expect(() => columnReader(['a'], ['a', 'b'])).toThrow(RangeError);
    expect(columnReader(['b', 'a'], ['a'])(['1', '2'], 'a')).toBe('2');
  });
});

describe('waiting with a signal', () => {
  it('gives up when the signal fires, also when it had fired before', async () => {
    const never = new Promise<never>(() => {});
    await expect(withSignal(never, AbortSignal.timeout(1))).rejects.toThrow('gave up');
    await expect(withSignal(never, AbortSignal.abort())).rejects.toThrow('gave up');
  });

  it('gives the result, or the fault, of the work', async () => {
    const { signal } = new AbortController();
    expect(await withSignal(Promise.resolve(1), signal)).toBe(1);
    await expect(withSignal(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });
});
