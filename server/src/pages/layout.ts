import { html } from 'hono/html';
import { directionOf, type Language } from '../../../src/domain/language.ts';

/** What hono's `html` makes: everything put into it is escaped unless it is such a value itself. */
export type Html = ReturnType<typeof html>;

export const STYLE_PATH = '/office/style.css';

/** The frame of every page of the server: no script, one stylesheet, not for search engines. */
export function layout(page: {
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
}): Html {
  return html`<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>${page.body}</body>
</html>`;
}

/** A page with one thing to say. */
export function notice(page: {
  readonly language: Language;
  readonly title: string;
  readonly hint: string;
}): Html {
  const body = html`<main class="notice"><h1>${page.title}</h1><p>${page.hint}</p></main>`;
  return layout({ language: page.language, title: page.title, body });
}
