import { le16 } from './descriptors.ts';

/** Short items of a report descriptor (Device Class Definition for HID 1.11, section 6.2.2). */
const ITEM = {
  usagePage: 0x06,
  usage: 0x0a,
  collection: 0xa1,
  endCollection: 0xc0,
  logicalMinimum: 0x15,
  logicalMaximum: 0x26,
  reportSize: 0x75,
  reportCount: 0x96,
  reportId: 0x85,
} as const;
const MAIN = { input: 0x81, output: 0x91, feature: 0xb1 } as const;
const APPLICATION = 1;
/** Main item flags: data, variable, absolute. */
const VARIABLE = 2;

/** The report descriptor of collections as the page sees them: what a real device would have declared for them. */
export function reportDescriptor(collections: readonly HIDCollectionInfo[]): readonly number[] {
  return collections.flatMap((each) => [
    ...[ITEM.usagePage, ...le16(each.usagePage ?? 0)],
    ...[ITEM.usage, ...le16(each.usage ?? 0)],
    ...[ITEM.collection, APPLICATION],
    ...[ITEM.logicalMinimum, 0, ITEM.logicalMaximum, ...le16(255)],
    ...reports(MAIN.input, each.inputReports),
    ...reports(MAIN.output, each.outputReports),
    ...reports(MAIN.feature, each.featureReports),
    ITEM.endCollection,
  ]);
}

function reports(kind: number, infos: readonly HIDReportInfo[] = []): readonly number[] {
  return infos.flatMap(({ reportId = 0, items = [] }) => [
    ...(reportId === 0 ? [] : [ITEM.reportId, reportId]),
    ...items.flatMap(({ reportSize = 8, reportCount = 1 }) => [
      ...[ITEM.usage, ...le16(1)],
      ...[ITEM.reportSize, reportSize],
      ...[ITEM.reportCount, ...le16(reportCount)],
      ...[kind, VARIABLE],
    ]),
  ]);
}
