import { type Content, markup, Markup } from "./markup.ts";
import { STYLE } from "./style.ts";

/** A whole page for developers. */
export function page(title: string, header: Content, body: Content, options: { calm?: boolean } = {}): string {
  const tone = options.calm ? "calm" : "";
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="none" />
        <title>${title}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <header class="${tone}">${header}</header>
        <main>${body}</main>
        <footer>You see this page because <code>DEBUG</code> is on. Visitors get a plain one when it is off.</footer>
      </body>
    </html> `.text;
}

/** Names and values in two columns, or a word that there are none. */
export function table(rows: readonly (readonly [name: string, value: string])[], none: string): Content {
  if (rows.length === 0) return markup`<p class="note">${none}</p>`;
  return markup`<table>
    ${rows.map(
      ([name, value]) =>
        markup`<tr>
          <th>${name}</th>
          <td><code>${value}</code></td>
        </tr> `,
    )}
  </table>`;
}

/** Lines of source with their numbers, the one at fault marked. */
export function source(
  lines: readonly (readonly [line: number, text: string])[],
  here: number,
  marked?: Content,
): Content {
  const shown = lines.map(([line, text]) =>
    line === here
      ? markup`<i class="here" data-line="${line}">${marked ?? (text || " ")}</i>`
      : markup`<i data-line="${line}">${text || " "}</i>`,
  );
  return markup`<pre>${shown}</pre>`;
}
