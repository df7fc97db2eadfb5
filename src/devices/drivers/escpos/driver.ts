import { printerDriver } from '../../printing/driver.ts';
import { EscPosTongue } from './tongue.ts';

/** ESC/POS receipt printers. */
export const escPosDriver = () => printerDriver('escpos', EscPosTongue);
