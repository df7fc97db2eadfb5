import type { ErrorText } from './error-codes.ts';
import type { PaymentProblemTexts } from './payment-problems.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

/** Why a payment flow said no. */
export const EN_PAYMENT_PROBLEMS: PaymentProblemTexts = {
  'too-little': say('Not enough', 'Less was given than is due.', 'Take the rest, then confirm.'),
  'part-range': say(
    'This amount cannot be',
    'A part is more than nothing and not more than is due.',
    'Type again how much to take now.',
  ),
  'account-missing': say(
    'No account yet',
    'Nobody knows whose account it is.',
    'Write a name or number, then confirm.',
  ),
  'not-a-pay-code': say(
    'This is no pay code',
    'It may be the barcode of an article. Nothing was sent.',
    "Scan the customer's pay code instead.",
  ),
  offline: say(
    'Offline',
    'This way needs the network and cannot be used now.',
    'Take cash, or wait for the network.',
  ),
  'no-device': say(
    'No device',
    'The reader or terminal is not connected.',
    'Look at power and cable, or choose another way.',
  ),
  'not-offered': say(
    'Not set up',
    'This shop has not set up this way of paying.',
    'Choose another way, or ask whoever runs the office.',
  ),
  'cap-sale': say(
    'Over the limit for one sale',
    'Offline, one sale may not be that large.',
    'Split it, take cash, or wait for the network.',
  ),
  'cap-sum': say(
    'The offline sum is used up',
    'No more may be taken on trust.',
    'Take cash, or wait for the network.',
  ),
  'cap-count': say(
    'The offline count is used up',
    'No more payments may be taken on trust.',
    'Take cash, or wait for the network.',
  ),
  'cap-age': say(
    'Offline for too long',
    'What was taken on trust must be checked first.',
    'Take cash, and get this till online.',
  ),
  'cap-static': say(
    'Over the limit of a static code',
    'A printed code may not take that much at once.',
    "Show a code, or scan the customer's.",
  ),
  emergency: say(
    'Emergency: cash only',
    'The database cannot be opened, so only cash is written down safely.',
    'Take cash; the status page says how to mend it.',
  ),
  'part-paid': say(
    'A part is paid already',
    'This sale has taken money and cannot simply be left.',
    'Take the rest, set it aside, or pay back what was taken.',
  ),
  'money-not-back': say(
    'Some money did not go back',
    'One of the payments could not be returned.',
    'Give up once more, or call a manager.',
  ),
  'attempt-open': say(
    'The last try has no result yet',
    'A payment of this sale is in doubt; another could charge twice.',
    'Wait for it, or set the sale aside and serve the next customer.',
  ),
  'too-many-open': say(
    'Too many in doubt',
    'Many payments have no result; the channel may be down.',
    'Take cash, and look at the unfinished list.',
  ),
  'not-stored': say(
    'Not written down',
    'It could not be stored, so nothing was sent.',
    'Try again. If it stays, look at the state of the machine.',
  ),
  'wrong-pin': say('Wrong PIN', 'Nobody here has this PIN.', 'Type it again.'),
  'pin-wait': say('Too many wrong tries', 'For safety there is a pause.', 'Wait a little, then type it.'),
  forbidden: say(
    'Not this person either',
    'Whoever has this PIN may not allow it.',
    'Ask the manager or the owner.',
  ),
  'evidence-missing': say(
    'No evidence yet',
    'The books will be compared with this sentence.',
    'Write what the bank or the statement says, then choose.',
  ),
  'not-stuck': say('It has a result now', 'The machine has just found out by itself.', 'Go back and look.'),
  'tip-not-possible': say(
    'No tip can be added',
    'Only a card payment takes one tip, and not more than was paid.',
    'Make it less, or take it as a payment of its own.',
  ),
  'more-than-held': say(
    'More than is held',
    'At most 115 % of the held amount can be taken.',
    'Type a smaller amount.',
  ),
  'authorisation-unknown': say(
    'No such pre-authorisation',
    'This till does not have it.',
    'Choose it from the list again.',
  ),
  'authorisation-moved': say(
    'It has changed',
    'It was completed or cancelled, or is under way.',
    'Go back to the list and look.',
  ),
  'balance-unknown': say(
    'No balance',
    'The bank did not say.',
    'Try again, or let the customer ask the bank.',
  ),
  'card-not-read': say('No card was read', 'None was presented, or reading failed.', 'Try again.'),
  'nothing-left': say('All of it went back', 'Nothing of this sale is left.', 'Look at its refunds.'),
  'nothing-chosen': say('Nothing chosen', 'No item and no amount is chosen.', 'Choose, then refund.'),
  'line-unknown': say('No such item', 'This sale does not have it.', 'Choose again.'),
  'more-than-line': say('More than was sold', 'Not that many of it are left.', 'Choose fewer.'),
  'more-than-paid': say('More than was paid', 'No more can go back than came in.', 'Type a smaller amount.'),
  'too-many-refunds': say(
    'Too many refunds',
    'One sale can be refunded 50 times.',
    'Do the rest in the office.',
  ),
  'sale-unknown': say('No such sale', 'This till does not have it.', 'Refund it at the till that took it.'),
};
