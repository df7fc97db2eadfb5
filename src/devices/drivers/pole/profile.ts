/** What must be known of a pole display. It cannot be asked: a person chooses by what stands on the counter. */
export interface PoleProfile {
  readonly id: string;
  /** `cd5220` and `led8` write whole lines with ESC Q; `escpos` moves a cursor. The two ways do not mix. */
  readonly family: 'cd5220' | 'led8' | 'escpos';
  /** It has a GB 18030 font. Without one, names shrink to their letters and digits. */
  readonly hasChinese: boolean;
  readonly baudRate: number;
}

/** 20 columns, two lines, 9,600 baud; the price pole with eight digits has 2,400. */
export const POLE_PROFILES: readonly PoleProfile[] = [
  { id: 'pole-cd5220', family: 'cd5220', hasChinese: false, baudRate: 9_600 },
  { id: 'pole-cd5220-gb', family: 'cd5220', hasChinese: true, baudRate: 9_600 },
  { id: 'pole-escpos', family: 'escpos', hasChinese: false, baudRate: 9_600 },
  { id: 'pole-escpos-gb', family: 'escpos', hasChinese: true, baudRate: 9_600 },
  { id: 'pole-led8', family: 'led8', hasChinese: false, baudRate: 2_400 },
];
