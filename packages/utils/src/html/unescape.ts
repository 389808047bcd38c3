// Character references read.

import { decodeHTML } from "entities";

/** The text that HTML with character references stands for: `&eacute;` is `é`. Python: `html.unescape`. */
export function unescape(html: string): string {
  return html.includes("&") ? decodeHTML(html) : html;
}
