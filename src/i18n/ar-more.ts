import { AR_BOOKS } from './ar-books.ts';
import { AR_COUNTER } from './ar-counter.ts';
import { AR_DEVICE_PROBLEMS } from './ar-device-problems.ts';
import { AR_ERRORS } from './ar-errors.ts';
import { AR_HELP } from './ar-help.ts';
import { AR_PAYMENT_PROBLEMS } from './ar-payment-problems.ts';
import { AR_PAYMENTS } from './ar-payments.ts';
import { AR_WIZARD } from './ar-wizard.ts';
import type { More } from './catalogue.ts';

/** What follows the first words of this language. */
export const AR_MORE: More = {
  errors: AR_ERRORS,
  payments: AR_PAYMENTS,
  paymentProblems: AR_PAYMENT_PROBLEMS,
  counter: AR_COUNTER,
  deviceProblems: AR_DEVICE_PROBLEMS,
  books: AR_BOOKS,
  help: AR_HELP,
  wizard: AR_WIZARD,
};
