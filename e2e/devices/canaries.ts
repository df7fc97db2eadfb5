import type { TestCard } from '../../src/devices/simulators/card-reader/test-cards.ts';

/**
 * Card numbers that the schemes publish for tests, one for each way into the till, so that a leak says where it came from.
 * None is in the code of the app or of the simulators: they come into the page with the card that is presented.
 */
const NUMBERS = {
  chip: '5105105105105100',
  tap: '5555555555554444',
  'stripe-mms': '4012888888881881',
  'chip-neo2': '2223003122003222',
  'clear-mms': '4000056655665556',
  'clear-neo2': '5200828282828210',
  'clear-magnesafe': '6011111111111117',
  'clear-securemag': '6011000990139424',
  ecrhub: '378282246310005',
  pax: '4222222222222',
  wedge: '3566002020360505',
  scanner: '3530111333300000',
} as const;

export type Canary = keyof typeof NUMBERS;
export const ALL_WAYS = (Object.keys(NUMBERS) as Canary[]).sort();

/** What a ZVT terminal tells when it hides nothing: its own, in packed digits. */
const ZVT = ['4761739001010119', 'D28122201'] as const;
/** Planted on purpose, to see that the sweep finds what is there. */
export const DECOY = '30569309025904';

/** The CVV of the stripe (three digits would be found anywhere) stands in what follows the service code. */
const discretionaryOf = (canary: Canary): string =>
  String(7_310_582_640_913 + ALL_WAYS.indexOf(canary) * 10_007);

/** Twelve digits, the longest that ISO 9564 knows. */
const PIN = '739164028517';

export const canaryNumber = (canary: Canary): string => NUMBERS[canary];

export const canaryCard = (canary: Canary, hasChip = true): TestCard => ({
  number: NUMBERS[canary],
  expiry: '3012',
  serviceCode: hasChip ? '201' : '101',
  discretionary: discretionaryOf(canary),
  application: 'A0000000041010',
  label: 'TEST CARD',
  pin: PIN,
});

/** Both tracks of a stripe, in clear. */
export const canaryTracks = (canary: Canary) => ({
  track1: `%B${NUMBERS[canary]}^TEST/CARD^3012101${discretionaryOf(canary)}?`,
  track2: `;${NUMBERS[canary]}=3012101${discretionaryOf(canary)}?`,
});

/** Everything that must be nowhere, by where it went in. */
export const SECRETS: readonly (readonly [from: string, secret: string])[] = [
  ...ALL_WAYS.flatMap((canary) => [
    [canary, NUMBERS[canary]] as const,
    [`${canary} track`, discretionaryOf(canary)] as const,
  ]),
  ...ZVT.map((secret) => ['zvt', secret] as const),
  ['pin', PIN],
];
