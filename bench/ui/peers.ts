import { showPlain } from './plain-keypad.ts';
import { showReact } from './react-keypad.ts';

// One page for all peers, chosen by the hash: the same server, the same style sheet, the same browser.

if (location.hash === '#react') showReact(document.body);
else showPlain(document.body);
