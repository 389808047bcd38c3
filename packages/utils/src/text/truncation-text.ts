// What marks the place where a text was cut off.

import { translator } from "../translation.ts";
import { isCombining } from "./characters.ts";

const PLACE = "%(truncated_text)s";
const ELLIPSIS = "…";
const USUAL_FRAME = `${PLACE}${ELLIPSIS}`;

/**
 * Puts the mark of truncation behind a text that was cut. A mark that the text ends with already is not repeated; one
 * that holds `%(truncated_text)s` is a frame around the text.
 */
export function addTruncationText(text: string, mark: string | undefined): string {
  return frameText(text, truncationFrame(mark));
}

/** The mark of truncation, or the frame around a text: that of the language in force unless given. */
export function truncationFrame(mark: string | undefined): string {
  return mark ?? translator().pgettext("String to return when truncating text", USUAL_FRAME);
}

/** `addTruncationText` with what `truncationFrame` gave. */
export function frameText(text: string, frame: string): string {
  if (frame === USUAL_FRAME) return `${text}${ELLIPSIS}`;
  if (frame.includes(PLACE)) return frame.replace(PLACE, () => text);
  return text.endsWith(frame) ? text : text + frame;
}

/** How many characters are left for the text itself in `length` when the mark takes its share. */
export function lengthWithoutMark(length: number, mark: string | undefined): number {
  return lengthWithoutFrame(length, truncationFrame(mark));
}

/** `lengthWithoutMark` with what `truncationFrame` gave. */
export function lengthWithoutFrame(length: number, frame: string): number {
  if (frame === USUAL_FRAME) return Math.max(0, length - 1);
  let left = length;
  for (const character of frameText("", frame)) {
    if (isCombining(character)) continue;
    left -= 1;
    if (left === 0) break;
  }
  return left;
}
