import { VirtualPrinter } from '../../src/devices/simulators/escpos/virtual-printer.ts';
import { PrinterShell } from '../usb/printer-shell.ts';

export interface LabPrinter {
  readonly core: VirtualPrinter;
  readonly device: PrinterShell;
  /** What came out, a line of text each. */
  text(): readonly string[];
}

/** The training printer at the end of a real USB cable. Its ids are among those that a managed shop's policies allow. */
export function labPrinter(serialNumber: string): LabPrinter {
  const core = new VirtualPrinter({ columns: 48, answers: 'gs-h' });
  const device = new PrinterShell(core, { productName: '80 mm lab printer', serialNumber });
  return {
    core,
    device,
    text: () => core.paper.map((line) => (line.kind === 'text' ? line.text : `[${line.kind}]`)),
  };
}
