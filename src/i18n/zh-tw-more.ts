import type { More } from './catalogue.ts';
import { ZH_TW_BOOKS } from './zh-tw-books.ts';
import { ZH_TW_COUNTER } from './zh-tw-counter.ts';
import { ZH_TW_DEVICE_PROBLEMS } from './zh-tw-device-problems.ts';
import { ZH_TW_ERRORS } from './zh-tw-errors.ts';
import { ZH_TW_HELP } from './zh-tw-help.ts';
import { ZH_TW_PAYMENT_PROBLEMS } from './zh-tw-payment-problems.ts';
import { ZH_TW_PAYMENTS } from './zh-tw-payments.ts';
import { ZH_TW_WIZARD } from './zh-tw-wizard.ts';

/** What follows the first words of this language. */
export const ZH_TW_MORE: More = {
  errors: ZH_TW_ERRORS,
  payments: ZH_TW_PAYMENTS,
  paymentProblems: ZH_TW_PAYMENT_PROBLEMS,
  counter: ZH_TW_COUNTER,
  deviceProblems: ZH_TW_DEVICE_PROBLEMS,
  books: ZH_TW_BOOKS,
  help: ZH_TW_HELP,
  wizard: ZH_TW_WIZARD,
};
