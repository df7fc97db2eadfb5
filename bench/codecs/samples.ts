/** Field 55 of a contactless sale, as a kernel hands it over: 24 objects. */
export const FIELD_55 =
  '9F26080895BBE372271DDA9F2701809F101307010103A00000010A010000000000ED538FE49F37047F9F349E9F360201579505' +
  '00000000009A031908309C01009F02060000000000015F2A02015682027C009F1A0201569F03060000000000009F3303E0E1C89F34033F0000' +
  '9F3501229F1E0831303030303031398408A0000003330101029F0902008C9F4104000004039F6310000000000000000000000000000000008A023030';

/** The same inside the templates of a reader's answer. */
export const NESTED = nested(FIELD_55);

function nested(inner: string): string {
  const wrap = (tag: string, value: string): string => {
    const size = value.length / 2;
    return `${tag}${size < 128 ? '' : size < 256 ? '81' : '82'}${size.toString(16).padStart(size < 256 ? 2 : 4, '0')}${value}`;
  };
  return wrap(
    '6F',
    wrap('77', inner) + wrap('A5', wrap('BF0C', wrap('61', '4F07A0000000031010500A56495341435245444954'))),
  );
}

/** A sale by an encrypting reader, with a PIN: 20 fields, the card number from a range that is published for tests. */
export const SALE: Readonly<Record<number, string>> = {
  2: '4761739001010119',
  3: '000000',
  4: '000000005000',
  11: '000403',
  14: '2212',
  22: '071',
  23: '001',
  25: '00',
  26: '12',
  35: '4761739001010119D22122011758928889',
  41: '12345678',
  42: 'SHOP00000000001',
  49: '156',
  52: '7434F67813BAE545',
  53: '2610000000000000',
  55: FIELD_55.toUpperCase(),
  60: '2200000100050',
  63: '01 ',
  64: 'FAC4A22F65AD2BB8',
};
