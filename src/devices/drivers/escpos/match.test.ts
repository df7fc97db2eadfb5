import { describe, expect, test } from 'vitest';
import { isEscPos, profileFor } from './match.ts';

describe('ESC/POS printers by id and name', () => {
  test.each([
    [{ vendorId: 0x04b8, name: 'EPSON TM-T88VI' }, 'epson-80'],
    [{ vendorId: 0x04b8, name: 'EPSON TM-P20' }, 'epson-58'],
    [{ vendorId: 0x1504, name: 'BIXOLON SRP-350III' }, 'bixolon-80'],
    [{ vendorId: 0x0419, name: 'SRP-275' }, 'bixolon-58'],
    [{ vendorId: 0x1d90, name: 'CITIZEN CT-S310II' }, 'citizen-80'],
    [{ vendorId: 0x1fc9, productId: 0x2016, name: 'Xprinter XP-N160II' }, 'xprinter-80'],
    [{ vendorId: 0x0483, productId: 0x070b, name: 'XP-58IIH' }, 'xprinter-58'],
    [{ vendorId: 0x6868, name: 'Gprinter GP-80160N' }, 'gprinter-80'],
    [{ vendorId: 0x0fe6, name: 'Rongta RP328' }, 'rongta-80'],
    [{ vendorId: 0x9999, name: 'SUNMI 80mm Kitchen Cloud Printer' }, 'sunmi-80'],
    [{ vendorId: 0x0483, productId: 0x5840, name: '' }, 'generic-58'],
    [{ vendorId: 0x0416, productId: 0x5011, name: 'POS58 Printer' }, 'generic-58'],
    [{ vendorId: 0x0416, productId: 0x5011, name: '' }, 'generic-80'],
  ])('%o begins with %s', (identity, id) => {
    expect(profileFor({ bus: 'usb', ...identity }).id).toBe(id);
  });

  test('a Star is none of them, but for the one model that speaks ESC/POS', () => {
    expect(isEscPos({ bus: 'usb', vendorId: 0x0519, name: 'Star TSP143' })).toBe(false);
    expect(isEscPos({ bus: 'usb', vendorId: 0x0519, name: 'Star BSC10' })).toBe(true);
  });
});
