// The header in which a browser tells the languages of its user.

/** A header that tells more is cut at a comma: no one reads so many languages. */
const LONGEST_HEADER = 500;
const RANGE = /^([a-z]{1,8}(?:-[a-z\d]{1,8})*|\*)(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

/**
 * The languages of an Accept-Language header with their weights from 0 to 1, the most wanted first. A header that is
 * malformed anywhere counts as none. Django: `parse_accept_lang_header`.
 *
 * @example
 * parseAcceptLangHeader("en;q=0.5, de"); // [["de", 1], ["en", 0.5]]
 */
export function parseAcceptLangHeader(header: string): [language: string, weight: number][] {
  const whole = cut(header).toLowerCase();
  if (whole === "") return [];
  const parts = whole.split(",");
  // One comma behind the last language is forgiven.
  if (parts.at(-1)?.trim() === "") parts.pop();
  const languages: [string, number][] = [];
  for (const [index, part] of parts.entries()) {
    const range = RANGE.exec(trimInside(part, index === 0, index === parts.length - 1 && !whole.endsWith(",")));
    if (range?.[1] === undefined) return [];
    languages.push([range[1], range[2] === undefined ? 1 : Number(range[2])]);
  }
  return languages.sort(([, a], [, b]) => b - a);
}

function cut(header: string): string {
  if (header.length <= LONGEST_HEADER) return header;
  return header.slice(0, Math.max(0, header.lastIndexOf(",", LONGEST_HEADER - 1)));
}

// White space may stand beside commas, not at the ends of the header.
function trimInside(part: string, isFirst: boolean, isLast: boolean): string {
  const withoutStart = isFirst ? part : part.trimStart();
  return isLast ? withoutStart : withoutStart.trimEnd();
}
