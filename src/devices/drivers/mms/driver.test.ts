import { chipReaderSuite } from '../../testing/chip-reader-suite.ts';
import { cardReaderConformance } from '../../testing/reader-conformance.ts';
import { mmsRig } from '../../testing/reader-rigs.ts';

cardReaderConformance('an MMS reader', async () => {
  const { core, ...rig } = await mmsRig();
  return {
    ...rig,
    present: (entry, fault) =>
      core.present({
        entry: entry === 'fallback' ? 'swipe' : entry,
        ...(fault === undefined ? {} : { fault }),
      }),
  };
});

chipReaderSuite('an MMS reader', mmsRig);
