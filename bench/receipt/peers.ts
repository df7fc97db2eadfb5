import { Printer as EscPosPrinter } from '@node-escpos/core';
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import escPosBuffer from 'escpos-buffer';
import iconv from 'iconv-lite';
import { createElement } from 'react';
import { Line, Printer, render, Text } from 'react-thermal-printer';
import { COLUMNS, LINES } from './slip.ts';

/** A peer makes the bytes of the slip. Its lines are laid out already, which it need not do then; ours lays them out. */
export interface Peer {
  readonly name: string;
  /** It writes hanzi; others write question marks, and that is quicker. */
  readonly isChinese: boolean;
  encode(): Uint8Array | Promise<Uint8Array>;
}

/** iconv-lite alone, without a single printer command. */
const converter: Peer = {
  name: 'iconv-lite',
  isChinese: true,
  encode: () => iconv.encode(`${LINES.join('\n')}\n`, 'gb18030'),
};

/** What the library would write to goes nowhere: its buffer is taken out. */
const nowhere = { open: () => nowhere, write: () => nowhere, close: () => nowhere, read: () => undefined };

const nodeEscPos: Peer = {
  name: '@node-escpos/core',
  isChinese: true,
  encode: () => {
    const printer = new EscPosPrinter(nowhere as never, { encoding: 'GB18030', width: COLUMNS });
    for (const line of LINES) printer.text(line);
    return printer.cut().buffer.flush();
  },
};

const escPosBufferPeer: Peer = {
  name: 'escpos-buffer',
  isChinese: false,
  encode: async () => {
    const { InMemory, Model, Printer: BufferPrinter } = escPosBuffer;
    const connection = new InMemory();
    const printer = await BufferPrinter.CONNECT(new Model('TM-T20'), connection);
    for (const line of LINES) await printer.writeln(line);
    await printer.cutter();
    return connection.buffer();
  },
};

const encoderPeer: Peer = {
  name: '@point-of-sale/receipt-printer-encoder',
  isChinese: false,
  encode: () => {
    const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', columns: COLUMNS });
    encoder.initialize();
    for (const line of LINES) encoder.line(line);
    return encoder.cut('partial').encode();
  },
};

const reactPeer: Peer = {
  name: 'react-thermal-printer',
  isChinese: true,
  encode: () =>
    render(
      createElement(
        Printer,
        { type: 'epson', width: COLUMNS, characterSet: 'china' },
        ...LINES.map((line, index) => createElement(Text, { key: index }, line)),
        createElement(Line, { key: 'end' }),
      ),
    ),
};

export const PEERS: readonly Peer[] = [converter, nodeEscPos, escPosBufferPeer, encoderPeer, reactPeer];
