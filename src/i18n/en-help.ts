import type { Message } from './message.ts';
import type { HelpKey } from './zh-cn-help.ts';

/** Help, the first minute, installing, sound. */
export const EN_HELP: Readonly<Record<HelpKey, Message>> = {
  'help.codes': 'What the codes mean',
  'help.codes-hint': 'A code or a word, such as print.lost or paper',
  'help.codes-why':
    'What each code on the screen means, whether the money is safe, whether to try again, what to do. Without a network too.',
  'help.codes-none': 'No such code',
  'help.codes-none-why':
    'Check the spelling. If it is right, tell whoever looks after the server the code as it is.',
  'help.found': { one: '{count} code', other: '{count} codes' },
  'help.all-codes': 'All codes',
  'help.guide-again': 'Guide me through a first sale again',
  'help.group.print': 'Printing',
  'help.group.storage': 'Storage',
  'help.group.server': 'Server',
  'help.group.flow': 'Using the till',
  'help.group.payment': 'Payments and refunds',
  'help.group.device': 'Devices',
  'help.group.decline': 'Refused by the other side',
  'help.till.title': 'Till',
  'help.till.text':
    'Type an amount and press Charge.\nSeveral items: press "Add item" after each, or use × and + in one go, as in 6×2+35.8.\nDiscount takes the typed amount off the whole sale. The cross removes an item; it can be put back.\nKeyboard: digits, Enter charges, F2 adds an item, F4 puts back, Escape clears.',
  'help.tendering.title': 'How it is paid',
  'help.tendering.text':
    'First choose how the customer pays.\nCash: tap what was given, or type it; the change is worked out.\nWeChat Pay, Alipay, UnionPay: scan the code of the customer, or let the customer scan the one on the screen.\nPart in cash, part by code: type the amount of the first part, then the rest.\nUntil money is taken you can go back to the sale.',
  'help.paying.title': 'Waiting for the result',
  'help.paying.text':
    'Do what the screen says and wait.\nWhen the result is not known, do not charge again: the till goes on asking until it is. Serve the next customer meanwhile; you find it again under "Unfinished".',
  'help.refused.title': 'Not taken',
  'help.refused.text': 'No money was taken. See why, then take it in another way, or go back to the sale.',
  'help.done.title': 'Paid',
  'help.done.text':
    'The largest figure is what you give back.\nA slip that did not come out can be printed again, or the customer scans the code.\nNext sale goes on: Enter on a keyboard; F8 prints again.',
  'help.asking.title': 'The last sale was cut short',
  'help.asking.text':
    'Look into the drawer, ask the customer, then say what is true. No other sale starts before: so nothing is taken twice or forgotten.',
  'help.unsaved.title': 'Not saved yet',
  'help.unsaved.text':
    'Do not close the page. Note or print the amount and the reference. The till goes on trying.',
  'help.orders.title': 'Sales',
  'help.orders.text':
    'Latest first, without a network too.\nTo find one: type its amount, or the end of the number on the slip or of the wallet’s transaction; narrow by day, way of payment or state.\nKeyboard: / begins a search, the arrows walk, Enter opens.\nOpen a sale to see what became of it, to print it again, to refund it.',
  'help.order.title': 'Sale',
  'help.order.text':
    'The figures and what happened: every entry of the journal, when, what, by whom. With them the slip as it is printed.\nPrint a duplicate, add a tip, void or refund. Money goes back the way it came.',
  'help.today.title': 'Today',
  'help.today.text':
    'What this till took and gave back today, and in which way.\nThe cash in the drawer is that of the day, without the float.\nThe arrows lead to other days. The whole shop is in the office.',
  'help.open.title': 'Unfinished',
  'help.open.text':
    'Payments without a result and sales that are not paid in full. They go when they end; what needs a manager says so.',
  'help.authorisations.title': 'Pre-authorisations, balance',
  'help.authorisations.text':
    'Hold an amount on a card; complete it later with the real amount, or let it go. Ask for the balance of a card.',
  'help.devices.title': 'Devices',
  'help.devices.text':
    'Printer, scanner, card reader, scale, customer display. Press Connect, choose it in the window, then try it.\nMost scanners need no setting: plug in and scan.\nYou can sell without a printer: e-receipts and the system print dialog.',
  'help.settings.title': 'Settings',
  'help.settings.text':
    'Rounding, printing, sound, language, light or dark; keeping the data and installing; the office; locking.',
  'help.health.title': 'Health of the books',
  'help.health.text':
    'Whether the books on this device are well: how many copies, what is not sent yet, what the server refused.\nSend now, check everything, export to a file.',
  'help.help.title': 'Codes',
  'help.help.text': 'Type a code from the screen to see what it means and what to do.',

  'path.label': 'Step {step} of {of}: {name}',
  'path.now': '{step}/{of}',
  'path.start': 'Start',
  'path.unlock': 'Unlock',
  'path.kind': 'Sale',
  'path.amount': 'Amount',
  'path.tender': 'How paid',
  'path.present': 'Card, code',
  'path.present-cash': 'Take cash',
  'path.pin': 'PIN',
  'path.confirm': 'Confirm',
  'path.print': 'Print',
  'path.take': 'Take card',
  'path.take-cash': 'Change',
  'guide.label': 'Your first sale',
  'guide.step': 'Step {step} of {of}',
  'guide.amount': 'Type an amount, such as 12.5',
  'guide.charge': 'Press Charge',
  'guide.take': 'Tap what the customer gave, or "Cash received"',
  'guide.wait': 'Do what the screen says and wait',
  'guide.done': 'Paid! Give the change, then press Next sale',
  'guide.end': 'That was it!',
  'guide.skip': 'Skip',
  'guide.set-up': 'Set up my shop',

  'install.title': 'Install Xiaoji',
  'install.why': 'One tap opens it, without a network too',
  'install.go': 'Install',
  'install.later': 'Not now',

  'keys.title': 'Typing on a keyboard',
  'keys.anywhere': 'Anywhere',
  'keys.focused': 'On the keypad only',
  'keys.why':
    'Digits, +, ×, = and / of a keyboard work anywhere. If you speak to the machine, or press keys without meaning to, let them work only after you have moved to the keypad with Tab. Scanners go on as before.',

  'sound.title': 'Sound',
  'sound.mode': 'Sound',
  'sound.mode.off': 'Silent',
  'sound.volume': 'Volume',
  'sound.volume.low': 'Low',
  'sound.volume.middle': 'Middle',
  'sound.volume.high': 'High',
  'sound.voice': 'Say what was received',
  'sound.voice-why':
    'Only when the money is really there, such as "WeChat Pay received, 12.50 yuan". What nobody has verified is never said.',
  'sound.voice-none':
    'This device has no voice of its own for this language: there are only sounds. Voices can be installed in the system settings.',
  'sound.try': 'Listen',
};
