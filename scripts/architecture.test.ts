import { describe, expect, test } from 'vitest';
import { boxOf, picture } from './architecture.mjs';

describe('the architecture picture', () => {
  test.each([
    ['src/main.ts', 'src/main.ts'],
    ['src/domain/money.ts', 'src/domain'],
    ['src/flow/payment/runner.ts', 'src/flow'],
    ['src/devices/ports.ts', 'src/devices'],
    ['src/devices/drivers/escpos/driver.ts', 'src/devices/drivers'],
    ['server/src/routes/ingest.ts', 'server'],
    ['server/sandbox/bank.ts', 'server/sandbox'],
    ['src/domain/money.test.ts', undefined],
    ['src/devices/testing/fake.ts', undefined],
    ['e2e/sale.spec.ts', undefined],
  ])('%s is drawn as %s', (file, box) => {
    expect(boxOf(file)).toBe(box);
  });

  test('an import becomes one arrow between folders, and the order of the modules does not matter', () => {
    const modules = [
      {
        source: 'src/flow/a.ts',
        dependencies: [{ resolved: 'src/domain/m.ts' }, { resolved: 'src/flow/b.ts' }],
      },
      { source: 'src/flow/b.ts', dependencies: [{ resolved: 'src/domain/m.ts' }] },
      { source: 'src/domain/m.ts', dependencies: [] },
    ];
    const drawn = picture(modules);
    expect(drawn.match(/-->/g)).toHaveLength(1);
    expect(drawn).toContain('src_flow --> src_domain');
    expect(picture(modules.toReversed())).toBe(drawn);
  });
});
