import { escapeText } from "@tsgo/utils/html";

/** A page of one sentence. Says what happened in general and nothing of the site. */
export function plainPage(title: string, detail = ""): string {
  const paragraph = detail === "" ? "" : `\n    <p>${escapeText(detail)}</p>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${escapeText(title)}</title>
  </head>
  <body>
    <h1>${escapeText(title)}</h1>${paragraph}
  </body>
</html>
`;
}
