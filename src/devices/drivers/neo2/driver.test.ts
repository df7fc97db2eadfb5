import { chipReaderSuite } from '../../testing/chip-reader-suite.ts';
import { cardReaderConformance } from '../../testing/reader-conformance.ts';
import { neo2Rig, neo2SerialRig } from '../../testing/reader-rigs.ts';

for (const [name, make] of [
  ['a NEO2 reader over HID', neo2Rig],
  ['a NEO2 reader over serial', neo2SerialRig],
] as const) {
  cardReaderConformance(name, async () => {
    const { core, ...rig } = await make();
    return {
      ...rig,
      present: (entry, fault) =>
        core.present({
          entry: entry === 'fallback' ? 'swipe' : entry,
          ...(fault === undefined ? {} : { fault }),
        }),
    };
  });
  chipReaderSuite(name, make);
}
