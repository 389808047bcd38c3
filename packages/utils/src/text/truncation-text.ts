// What marks the place where a text was cut off.

import { translator } from "../translation.ts";
import { isCombining } from "./characters.ts";

const PLACE = "%(truncated_text)s";

/**
 * Puts the mark of truncation behind a text that was cut. A mark that the text ends with already is not repeated; one
 * that holds `%(truncated_text)s` is a frame around the text.
 */
export function addTruncationText(text: string, mark: string | undefined): string {
  const frame = mark ?? translator().pgettext("String to return when truncating text", `${PLACE}…`);
  if (frame.includes(PLACE)) return frame.replace(PLACE, () => text);
  return text.endsWith(frame) ? text : text + frame;
}

/** How many characters are left for the text itself in `length` when the mark takes its share. */
export function lengthWithoutMark(length: number, mark: string | undefined): number {
  let left = length;
  for (const character of addTruncationText("", mark)) {
    if (isCombining(character)) continue;
    left -= 1;
    if (left === 0) break;
  }
  return left;
}
