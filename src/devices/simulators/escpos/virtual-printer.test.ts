import { describe, expect, test } from 'vitest';
import { columnsOfLine } from './paper.ts';
import { VirtualPrinter, type VirtualPrinterOptions } from './virtual-printer.ts';

const bytes = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

function printer(options: Partial<VirtualPrinterOptions> = {}) {
  const device = new VirtualPrinter(options);
  let said = '';
  device.onReply((reply) => {
    said += Buffer.from(reply).toString('hex').toUpperCase();
  });
  const ask = (hex: string): string => {
    said = '';
    device.receive(bytes(hex));
    return said;
  };
  return { device, ask, heard: () => said };
}

const ALL_REALTIME = '100401 100402 100403 100404';

describe('the virtual printer answers as the command reference says', () => {
  test('healthy', () => {
    expect(printer().ask(ALL_REALTIME)).toBe('12121212');
  });

  test('drawer open, out of paper, cover open, near end', () => {
    const { device, ask } = printer();
    device.receive(bytes('1B700032FA'));
    expect(ask('100401')).toBe('16');
    device.closeDrawer();
    device.setPaper('end');
    expect(ask('100401 100402 100404')).toBe('1A327E');
    device.setPaper('near-end');
    expect(ask('100404')).toBe('1E');
    device.setCover(true);
    expect(ask('100401 100402')).toBe('1A16');
  });

  test('automatic status comes at once and on every change, until ESC @', () => {
    const { device, ask, heard } = printer();
    expect(ask('1D614F')).toBe('1000000F');
    device.setCover(true);
    expect(heard()).toBe('1000000F3800000F');
    device.setCover(false);
    expect(ask('1B40')).toBe('');
    device.setPaper('near-end');
    expect(heard()).toBe('');
    expect(ask('10140701')).toBe('1000030F');
  });

  test('questions in the stream are answered in their turn', () => {
    const { device, ask, heard } = printer();
    expect(ask('1D7201 1D7202 1D28480600303061626364')).toBe('0000372261626364' + '00');
    device.setCover(true);
    expect(ask('1D7201')).toBe('');
    device.setCover(false);
    expect(heard()).toBe('00');
    expect(ask('1D4943')).toBe('5F584A2D383000');
  });

  test('a clone says less, and a write-only one nothing', () => {
    expect(printer({ answers: 'gs-r' }).ask('1D28480600303061626364 1D7201 100401')).toBe('1200');
    expect(printer({ answers: 'realtime' }).ask('1D28480600303061626364 1D7201 100401')).toBe('12');
    expect(printer({ answers: 'none' }).ask('1D28480600303061626364 1D7201 100401 1D614F')).toBe('');
  });
});

describe('the virtual printer stops as a real one does', () => {
  test('when the roll ends it prints no further line, fills its buffer, then takes no more', () => {
    const { device } = printer({ bufferBytes: 10 });
    device.endPaperAfter(2);
    expect(device.receive(bytes('41 0A 42 0A 43 0A'))).toBe(6);
    expect(device.paper.map((line) => line.kind === 'text' && line.text)).toEqual(['A', 'B']);
    expect(device.receive(new Uint8Array(20).fill(0x44))).toBe(8);
    let hasRoom = false;
    device.onRoom(() => {
      hasRoom = true;
    });
    device.setPaper('ok');
    expect(hasRoom).toBe(true);
    expect(device.paper.map((line) => line.kind === 'text' && line.text)).toEqual(['A', 'B', 'C']);
  });

  test('when it holds it takes exactly so many bytes', () => {
    const { device } = printer();
    device.holdAfter(3);
    expect(device.receive(bytes('414243440A'))).toBe(3);
    expect(device.receive(bytes('440A'))).toBe(0);
    device.release();
    expect(device.receive(bytes('440A'))).toBe(2);
    expect(device.paper).toHaveLength(1);
  });
});

describe('the paper', () => {
  test('a hanzi that does not fit goes to the next line whole', () => {
    const { device } = printer({ columns: 5 });
    device.receive(bytes('1C26 BACF BACF BACF 0A'));
    expect(device.paper.map((line) => (line.kind === 'text' ? columnsOfLine(line.cells, 5) : []))).toEqual([
      ['合', '', '合', '', ' '],
      ['合', '', ' ', ' ', ' '],
    ]);
  });

  test('alignment, sizes and tabs move the columns', () => {
    const { device } = printer({ columns: 12 });
    device.receive(bytes('1B6102 4142 0A 1B6101 4142 0A 1B6100 41 09 42 0A 1D2111 41 42 0A'));
    const rows = device.paper.map((line) =>
      line.kind === 'text' ? columnsOfLine(line.cells, 12).join('|') : '',
    );
    expect(rows[0]).toBe(' | | | | | | | | | |A|B');
    expect(rows[1]).toBe(' | | | | |A|B| | | | | ');
    expect(rows[2]).toBe('A| | | | | | | |B| | | ');
    expect(rows[3]).toBe('A||B|| | | | | | | | ');
  });
});
