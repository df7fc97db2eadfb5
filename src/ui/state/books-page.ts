import { type BooksSpeaker, booksSpeaker } from '../../i18n/books-words.ts';
import type { Parameters } from '../../i18n/speaker.ts';
import type { BooksKey } from '../../i18n/zh-cn-books.ts';
import { PaymentPage } from './payment-page.ts';

/** A page that speaks of the books: its words come with it. */
export abstract class BooksPage extends PaymentPage {
  #speaker: BooksSpeaker | undefined;

  protected get books(): BooksSpeaker {
    if (this.#speaker?.of !== this.translator) this.#speaker = booksSpeaker(this.translator);
    return this.#speaker;
  }

  protected b(key: BooksKey, parameters?: Parameters): string {
    return this.books.t(key, parameters);
  }
}
