import { printerDriver } from '../../printing/driver.ts';
import { StarTongue } from './tongue.ts';

/** Star receipt printers in StarPRNT or Star Line Mode. */
export const starDriver = () => printerDriver('star', StarTongue);
