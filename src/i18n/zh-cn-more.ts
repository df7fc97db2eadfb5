import type { More } from './catalogue.ts';
import { ZH_CN_BOOKS } from './zh-cn-books.ts';
import { ZH_CN_COUNTER } from './zh-cn-counter.ts';
import { ZH_CN_DEVICE_PROBLEMS } from './zh-cn-device-problems.ts';
import { ZH_CN_ERRORS } from './zh-cn-errors.ts';
import { ZH_CN_HELP } from './zh-cn-help.ts';
import { ZH_CN_PAYMENT_PROBLEMS } from './zh-cn-payment-problems.ts';
import { ZH_CN_PAYMENTS } from './zh-cn-payments.ts';
import { ZH_CN_WIZARD } from './zh-cn-wizard.ts';

/** What follows the first words of this language. */
export const ZH_CN_MORE: More = {
  errors: ZH_CN_ERRORS,
  payments: ZH_CN_PAYMENTS,
  paymentProblems: ZH_CN_PAYMENT_PROBLEMS,
  counter: ZH_CN_COUNTER,
  deviceProblems: ZH_CN_DEVICE_PROBLEMS,
  books: ZH_CN_BOOKS,
  help: ZH_CN_HELP,
  wizard: ZH_CN_WIZARD,
};
