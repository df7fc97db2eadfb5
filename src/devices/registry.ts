import type { ReaderSettings } from './dialogue/reader-settings.ts';
import type { DriverEntry, PrinterEntry } from './driver.ts';
import { ECRHUB_LINE, ECRHUB_MATCHES } from './drivers/ecrhub/match.ts';
import { ESCPOS_MATCHES, isEscPos, profileFor } from './drivers/escpos/match.ts';
import { MMS_MATCHES } from './drivers/mms/match.ts';
import { MAGNESAFE_MATCHES } from './drivers/msr-magnesafe/match.ts';
import { SECUREMAG_MATCHES } from './drivers/msr-securemag/match.ts';
import { NEO2_LINE, NEO2_MATCHES } from './drivers/neo2/match.ts';
import { PAX_LINE, PAX_MATCHES } from './drivers/pax/match.ts';
import type { TagReaderSettings } from './drivers/pn532/driver.ts';
import { PN532_LINE, PN532_MATCHES } from './drivers/pn532/match.ts';
import { POLE_PROFILES } from './drivers/pole/profile.ts';
import type { PoleSettings } from './drivers/pole/session.ts';
import type { ScaleSettings } from './drivers/scale/continuous-driver.ts';
import { SCALE_LINES, SCALE_MATCHES } from './drivers/scale/match.ts';
import type { ScannerSettings } from './drivers/scanner/listening.ts';
import { HID_SCANNER_MATCHES, SERIAL_SCANNER_LINE, SERIAL_SCANNER_MATCHES } from './drivers/scanner/match.ts';
import { isStar, profileForStar, STAR_MATCHES } from './drivers/star/match.ts';
import { ZVT_LINE, ZVT_MATCHES } from './drivers/zvt/match.ts';
import type { PoleSession } from './kept/kept-display.ts';
import type { ReaderSession } from './kept/kept-reader.ts';
import type { ScaleSession } from './kept/kept-scale.ts';
import type { ScannerSession } from './kept/kept-scanner.ts';
import type { TagSession } from './kept/kept-tag-reader.ts';
import type { TerminalSession } from './kept/kept-terminal.ts';
import type { TerminalSettings } from './terminals/terminal-settings.ts';

/**
 * Every receipt printer the till can drive: one line each. Deleting a driver is deleting its folder and its line. The match
 * that says most of a device wins; of equals, and for a port that says nothing, the first.
 */
export const RECEIPT_PRINTERS: readonly PrinterEntry[] = [
  {
    id: 'escpos',
    languages: ['escpos'],
    match: ESCPOS_MATCHES,
    fits: isEscPos,
    profileFor,
    load: async () => (await import('./drivers/escpos/driver.ts')).escPosDriver(),
  },
  {
    id: 'star',
    languages: ['star-prnt', 'star-line'],
    match: STAR_MATCHES,
    fits: isStar,
    profileFor: profileForStar,
    load: async () => (await import('./drivers/star/driver.ts')).starDriver(),
  },
];

/** Every pole display: one line per kind, because nothing on the wire tells them apart. A person chooses. */
export const POLE_DISPLAYS: readonly DriverEntry<PoleSession, PoleSettings>[] = POLE_PROFILES.map(
  (profile) => ({
    id: profile.id,
    match: [{ bus: 'serial' }],
    line: { baudRate: profile.baudRate, flow: 'none' },
    load: async () => (await import('./drivers/pole/driver.ts')).poleDriver(profile),
  }),
);

/** Every encrypting card reader. */
export const CARD_READERS: readonly DriverEntry<ReaderSession, ReaderSettings>[] = [
  { id: 'mms', match: MMS_MATCHES, load: async () => (await import('./drivers/mms/driver.ts')).mmsDriver() },
  {
    id: 'neo2',
    match: NEO2_MATCHES,
    line: NEO2_LINE,
    load: async () => (await import('./drivers/neo2/driver.ts')).neo2Driver,
  },
  {
    id: 'msr-magnesafe',
    match: MAGNESAFE_MATCHES,
    load: async () => (await import('./drivers/msr-magnesafe/driver.ts')).magneSafeDriver,
  },
  {
    id: 'msr-securemag',
    match: SECUREMAG_MATCHES,
    load: async () => (await import('./drivers/msr-securemag/driver.ts')).secureMagDriver,
  },
];

/** Every certified payment terminal. All are serial ports that say nothing of what is behind them. */
export const PAYMENT_TERMINALS: readonly DriverEntry<TerminalSession, TerminalSettings>[] = [
  {
    id: 'ecrhub',
    match: ECRHUB_MATCHES,
    line: ECRHUB_LINE,
    load: async () => (await import('./drivers/ecrhub/driver.ts')).ecrHubDriver(),
  },
  {
    id: 'zvt',
    match: ZVT_MATCHES,
    line: ZVT_LINE,
    load: async () => (await import('./drivers/zvt/driver.ts')).zvtDriver(),
  },
  {
    id: 'pax',
    match: PAX_MATCHES,
    line: PAX_LINE,
    load: async () => (await import('./drivers/pax/driver.ts')).paxDriver(),
  },
];

/** Every scanner but the keyboard wedge and the camera, which are no links. */
export const SCANNERS: readonly DriverEntry<ScannerSession, ScannerSettings>[] = [
  {
    id: 'scanner-hid',
    match: HID_SCANNER_MATCHES,
    load: async () => (await import('./drivers/scanner/hid-driver.ts')).hidScannerDriver,
  },
  {
    id: 'scanner-serial',
    match: SERIAL_SCANNER_MATCHES,
    line: SERIAL_SCANNER_LINE,
    load: async () => (await import('./drivers/scanner/serial-driver.ts')).serialScannerDriver,
  },
];

export const SCALES: readonly DriverEntry<ScaleSession, ScaleSettings>[] = [
  {
    id: 'scale-continuous',
    match: SCALE_MATCHES,
    line: SCALE_LINES['scale-continuous'],
    load: async () => (await import('./drivers/scale/continuous-driver.ts')).continuousScaleDriver,
  },
  {
    id: 'scale-enq',
    match: SCALE_MATCHES,
    line: SCALE_LINES['scale-enq'],
    load: async () => (await import('./drivers/scale/enq-driver.ts')).enqScaleDriver,
  },
  {
    id: 'scale-nci',
    match: SCALE_MATCHES,
    line: SCALE_LINES['scale-nci'],
    load: async () => (await import('./drivers/scale/nci-driver.ts')).nciScaleDriver,
  },
];

/** Readers of member tags at a desktop till. Never for payment. */
export const TAG_READERS: readonly DriverEntry<TagSession, TagReaderSettings>[] = [
  {
    id: 'pn532',
    match: PN532_MATCHES,
    line: PN532_LINE,
    load: async () => (await import('./drivers/pn532/driver.ts')).pn532Driver,
  },
];
