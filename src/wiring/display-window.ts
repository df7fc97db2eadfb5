import { directionOf } from '../domain/language.ts';
import '../ui/display/customer-screen.ts';
import { DISPLAY_CHANNEL, type DisplayMessage } from './display-channel.ts';

/** Makes this window the customer's screen: it opens no books and talks to nobody but the till beside it. */
export function showCustomerScreen(root: HTMLElement): void {
  const screen = document.createElement('customer-screen');
  root.replaceChildren(screen);
  const channel = new BroadcastChannel(DISPLAY_CHANNEL);
  const say = (message: DisplayMessage): void => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<DisplayMessage>) => {
    if (data.kind !== 'show') return;
    screen.content = data.content;
    screen.language = data.language;
    document.documentElement.lang = data.language;
    document.documentElement.dir = directionOf(data.language);
  };
  addEventListener('pagehide', () => say({ kind: 'bye' }));
  say({ kind: 'hello' });
}
