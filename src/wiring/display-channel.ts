import type { DisplayContent } from '../domain/display.ts';
import type { Language } from '../domain/shop.ts';

/** Name of the channel between the till and the customer's screen: windows of one browser, nothing leaves the device. */
export const DISPLAY_CHANNEL = 'xiaoji-customer-display';
/** Where the customer's screen is. */
export const DISPLAY_HASH = '#/display';

/** From the till: what to show. From the screen: that it is there, or gone. */
export type DisplayMessage =
  | { readonly kind: 'show'; readonly content: DisplayContent; readonly language: Language }
  | { readonly kind: 'hello' }
  | { readonly kind: 'bye' };
