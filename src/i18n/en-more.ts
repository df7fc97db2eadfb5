import type { More } from './catalogue.ts';
import { EN_BOOKS } from './en-books.ts';
import { EN_COUNTER } from './en-counter.ts';
import { EN_DEVICE_PROBLEMS } from './en-device-problems.ts';
import { EN_ERRORS } from './en-errors.ts';
import { EN_HELP } from './en-help.ts';
import { EN_PAYMENT_PROBLEMS } from './en-payment-problems.ts';
import { EN_PAYMENTS } from './en-payments.ts';
import { EN_WIZARD } from './en-wizard.ts';

/** What follows the first words of this language. */
export const EN_MORE: More = {
  errors: EN_ERRORS,
  payments: EN_PAYMENTS,
  paymentProblems: EN_PAYMENT_PROBLEMS,
  counter: EN_COUNTER,
  deviceProblems: EN_DEVICE_PROBLEMS,
  books: EN_BOOKS,
  help: EN_HELP,
  wizard: EN_WIZARD,
};
