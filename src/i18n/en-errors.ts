import type { ErrorCode, ErrorText } from './error-codes.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

const refused = (title: string, meaning: string): ErrorText =>
  say(
    title,
    meaning,
    'Go on selling: everything stays on this device. Tell whoever looks after the server this code.',
  );

/** What every coded error means, and what to do. */
export const EN_ERRORS: Readonly<Record<ErrorCode, ErrorText>> = {
  'print.no-confirmation': say(
    'the printer does not report',
    'Everything was sent, but this printer cannot say whether it printed.',
    'Look for the slip. If there is none, print a duplicate.',
  ),
  'print.no-printer': say(
    'no printer connected',
    'There is no printer to use. Nothing was printed.',
    'Connect one under Devices, or use the e-receipt or the system print dialog.',
  ),
  'print.busy': say(
    'the printer is in use',
    'Another program or window has this printer.',
    'Close that program or window, then print again.',
  ),
  'print.no-access': say(
    'no access to the printer',
    "The system's own driver holds it, or permission was refused.",
    "Windows: give it the WinUSB driver, or use the maker's virtual serial port and choose Serial. Linux: switch usblp off and add the udev rule of the guide. Then connect again and allow it.",
  ),
  'print.lost': say(
    'the printer was lost',
    'The cable came off or the printer was switched off half way.',
    'Reconnect it, see how far the paper got, then decide whether to print a duplicate.',
  ),
  'print.timeout': say(
    'the printer does not move',
    'It has taken no data for a long time.',
    'Look at paper, cover and power light, then decide whether to print a duplicate.',
  ),
  'print.protocol': say(
    'the printer talks nonsense',
    'Its answer is not that of an ESC/POS printer.',
    'Look for the slip. Try another port or model.',
  ),
  'print.refused': say(
    'the printer refused',
    'It understood and said no.',
    'Look at its lights, switch it off and on, then try again.',
  ),
  'print.unsupported': say(
    'cannot print this way here',
    'The browser or this printer cannot do it.',
    'Use Chrome or Edge, or the system print dialog.',
  ),
  'print.not-chosen': say(
    'no printer chosen',
    'The chooser was closed.',
    'Press connect again and choose the printer.',
  ),
  'print.paper-end': say(
    'out of paper',
    'The roll ended; half of the slip may be out.',
    'Change the roll, look at what came out, then print a duplicate.',
  ),
  'print.cover-open': say(
    'the cover is open',
    'Printing stopped because the cover is not closed.',
    'Close it, look at what came out, then print a duplicate.',
  ),

  'storage.quota': say(
    'Storage is full',
    'The browser gives this till no more room.',
    "Delete files and other sites' data (not Xiaoji's), then open it again.",
  ),
  'storage.disk': say(
    'The disk refuses to write',
    "The device's storage failed.",
    'Get online so that entries are sent, then restart the device. If it stays, join the shop with another device.',
  ),
  'storage.blocked': say(
    'The database is held',
    'Another window has an old version open, or the browser is busy.',
    'Close every Xiaoji window and open one.',
  ),
  'storage.damaged': say(
    'The journal here is damaged',
    'Neither copy is complete, so nobody can prove that nothing is missing.',
    'Do not clear any data. Get online and open again: it is restored from the server.',
  ),
  'storage.unsupported': say(
    'This browser cannot keep books',
    'It has no reliable storage (a private window, perhaps).',
    'Use an ordinary window, or a recent Chrome, Edge or Safari.',
  ),
  'storage.lost-lock': say(
    'Another window took over',
    'Another window is the one that writes now.',
    'Go on there, or close it and come back.',
  ),
  'storage.too-large': say(
    'This sale is too large',
    'It has more than one entry can hold.',
    'Split it into two sales.',
  ),

  'server.malformed-json': refused(
    'The server cannot read it',
    'What was sent broke on the way, or the versions do not match.',
  ),
  'server.malformed-body': refused('The server cannot read it', 'What was sent has the wrong form.'),
  'server.unsupported-contract': say(
    'This version is too old',
    'The server no longer speaks with it.',
    'Finish the sale and update. Entries are sent after that.',
  ),
  'server.proof-invalid': say(
    'The key was not accepted',
    "The server does not accept this device's signature.",
    'Set up again, with a new code if need be.',
  ),
  'server.unauthorised': say(
    'The server asks who we are',
    'The pass has expired.',
    'It renews itself in a moment.',
  ),
  'server.forbidden': refused('The server does not allow it', 'This till has no right to do that.'),
  'server.not-found': refused('The server has no such address', 'Its version or address is wrong.'),
  'server.method-not-allowed': refused('The server does not take such requests', 'Its version is wrong.'),
  'server.too-large': refused('Too much at once', 'The server does not take a batch of this size.'),
  'server.hash-mismatch': refused(
    'One entry does not match',
    'Its content and its fingerprint differ. It is kept aside.',
  ),
  'server.signature-invalid': refused(
    "One entry's signature is wrong",
    'The server cannot verify it. It is kept aside.',
  ),
  'server.unknown-key': say(
    "The server does not know this till's key",
    'The server was replaced, or this till was never registered.',
    'Give this till a new key in the office. Everything stays on this device.',
  ),
  'server.broken-chain': refused(
    'The journal does not join',
    "The server's last entry and ours do not follow each other.",
  ),
  'server.sequence-gap': say(
    'Numbers are missing',
    'The server lacks some entries in between.',
    'They are sent by themselves. Nothing to do.',
  ),
  'server.fork': refused(
    'Two entries with one number',
    "Somebody may have copied this device's data. Sending has stopped; both are kept.",
  ),
  'server.training-entry': refused('A training entry was sent', 'The server refused it. It does not count.'),
  'server.entry-invalid': refused(
    'One entry is against the rules',
    'The server cannot accept it. It is kept aside; the others go on.',
  ),
  'server.till-revoked': say(
    'This till was switched off',
    'The office has revoked it.',
    'Ask the owner. Everything here is kept.',
  ),
  'server.attempt-conflict': say(
    'This number belongs to another payment',
    'The server knows another payment by it, and says nothing of this one.',
    'Do not charge again. Wait for the till to find out, or call a manager.',
  ),
  'server.attempt-tombstoned': say(
    'This payment is cancelled',
    'It was undone first, and the server will never take it.',
    'Take the payment another way.',
  ),
  'server.rail-unavailable': say(
    'Not set up in this shop',
    'The server has no keys for this way of paying.',
    'Choose another way, and ask whoever runs the office.',
  ),
  'server.original-unknown': say(
    'The first payment is not known',
    'The server does not have what should go back or be completed.',
    'Let a manager pay it back in cash, and tell whoever runs the office.',
  ),
  'server.amount-beyond-original': say(
    'More than the first payment',
    'No more can go back or be completed than was taken.',
    'Type a smaller amount.',
  ),
  'server.callback-refused': say(
    'A notice was not genuine',
    'A notice of a payment had a wrong signature and was not used.',
    'Nothing to do: the till asks by itself.',
  ),
  'server.too-many-requests': say(
    'The server is busy',
    'Too many requests.',
    'It is sent again by itself in a moment.',
  ),
  'server.internal': say(
    'The server failed',
    'Something went wrong inside it.',
    'Go on selling. It is sent again by itself.',
  ),
  'server.unavailable': say(
    'The server is closed for now',
    'It may be under maintenance.',
    'Go on selling. It is sent again by itself.',
  ),

  'flow.server-unreachable': say(
    'The server does not answer',
    'This step needs the network.',
    'Look at the network and the server, then try again.',
  ),
  'flow.code-unknown': say(
    'Wrong code',
    'The server has no such code.',
    'Compare and type it again. There is no letter O in codes, only zero.',
  ),
  'flow.code-spent': say(
    'This code is used up',
    'A code opens one till, once, and not for ever.',
    'Ask the office for another.',
  ),
  'flow.name-required': say('A name is missing', 'It is printed on receipts.', 'Write a name and go on.'),
  'flow.pin-weak': say(
    'This PIN is too easy to guess',
    '123456, 000000 or a birthday is tried first.',
    'Choose one without a pattern.',
  ),
  'flow.pin-format': say('A PIN has six digits', 'Only six digits make a PIN.', 'Type it again.'),
  'flow.pin-mismatch': say('The two PINs differ', 'They must be the same.', 'Type it twice again.'),
  'flow.pin-taken': say(
    'Somebody has this PIN',
    'A PIN tells who you are, so no two are the same.',
    'Choose another.',
  ),
  'flow.no-journal': say(
    'The journal is not open',
    'Nothing can be written down now, so no money is taken.',
    'Open Xiaoji again. If it stays, look at the state of the machine.',
  ),
  'flow.not-writer': say(
    'Another window writes',
    'Only one window on a device may write.',
    'Sell in that window, or close it.',
  ),
  'flow.not-enrolled': say(
    'This till is not set up',
    'It belongs to no shop yet.',
    'Set up a shop, or join one with a code.',
  ),
  'flow.invalid-entry': say(
    'This sale is against the rules',
    'Its amounts did not pass the checks. Nothing was recorded.',
    'Go back and enter it again.',
  ),
  'flow.too-little': say('Not enough', 'Less was given than is due.', 'Take the rest, then confirm.'),
  'flow.page-not-loaded': say(
    'This page did not open',
    'There is no network, and the page is not stored here yet.',
    'Get online and open it again.',
  ),
  'flow.unexpected': say(
    'Something unexpected',
    'Xiaoji met a case it does not know.',
    'See whether the sale is in the list before you do it again.',
  ),
};
