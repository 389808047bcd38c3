// Text broken into lines.

// oxlint-disable-next-line no-control-regex -- some of them end lines
const LINE_END = /(?<=\r\n|[\n\v\f\x1c-\x1e\x85\u2028\u2029]|\r(?!\n))/u;

/**
 * Breaks lines at spaces so that none is longer than `width` characters, where words allow it. Line breaks in the text
 * stay, and so do words that are longer than a line. Django: `wrap`.
 *
 * @example
 * wrap("a long line here", 7); // "a long\nline\nhere"
 */
export function wrap(text: string, width: number): string {
  return text
    .split(LINE_END)
    .map((line) => wrapLine(Array.from(line), width).join("\n"))
    .join("");
}

function wrapLine(characters: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let start = 0;
  while (characters.length - start > width) {
    const space = findBreak(characters, start, width);
    if (space === -1) break;
    lines.push(characters.slice(start, space).join(""));
    start = space + 1;
  }
  return [...lines, characters.slice(start).join("")];
}

// The last space that keeps the line within the width, or else the first one behind it.
function findBreak(characters: readonly string[], start: number, width: number): number {
  for (let index = start + width; index >= start; index -= 1) if (characters[index] === " ") return index;
  return characters.indexOf(" ", start + width);
}
