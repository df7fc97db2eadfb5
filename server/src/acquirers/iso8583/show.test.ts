import { expect, test } from 'vitest';
import { showMessage } from './show.ts';

const CARD = '4761739001010119';

test('a shown message has names, and no card number, expiry, PIN block or key', () => {
  const shown = showMessage({
    mti: '0200',
    fields: {
      2: CARD,
      3: '000000',
      14: '2212',
      35: `${CARD}D22122011758928889`,
      36: '99',
      52: '7434F67813BAE545',
      55: '5A084761739001010119',
      62: 'AABB',
    },
  });
  expect(shown).toEqual({
    mti: '0200',
    fields: [
      { field: 2, name: 'Primary Account Number', masked: '****0119' },
      { field: 3, name: 'Processing Code', value: '000000' },
      { field: 14, name: 'Expiration Date', masked: '****' },
      { field: 35, name: 'Track 2 Data', masked: '****0119' },
      { field: 36, name: 'Track 3 Data', masked: '****' },
      { field: 52, name: 'PIN Block', masked: '****' },
      { field: 55, name: 'EMV Data', masked: '****' },
      { field: 62, name: 'Keys, Parameters', masked: '****' },
    ],
  });
});

test('field 55 is shown by whoever knows its tags', () => {
  const shown = showMessage({ mti: '0200', fields: { 55: '9F2601AA' } }, (bytes) => bytes.length);
  expect(shown.fields).toEqual([{ field: 55, name: 'EMV Data', tags: 4 }]);
});

test('too few or too many digits to be a card number show nothing, and an unknown field has a number for a name', () => {
  const shown = showMessage({
    mti: '0200',
    fields: { 2: '12345678901', 35: '47617390010101190000', 70: '301' },
  });
  expect(shown.fields).toEqual([
    { field: 2, name: 'Primary Account Number', masked: '****' },
    { field: 35, name: 'Track 2 Data', masked: '****' },
    { field: 70, name: 'Field 70', value: '301' },
  ]);
});
