// Names that are safe to give to files.

import { SuspiciousFileOperation } from "../suspicious.ts";
import { textForm } from "../text-form.ts";
import { strip } from "./whitespace.ts";

/**
 * A name for a file made from any text: spaces become underscores, and only letters, digits, `_`, `-` and `.` stay.
 * Django: `get_valid_filename`.
 *
 * @throws SuspiciousFileOperation where nothing but dots would be left.
 */
export function getValidFilename(value: unknown): string {
  const text = textForm(value);
  const name = strip(text)
    .replaceAll(" ", "_")
    .replaceAll(/[^-\p{L}\p{N}_.]/gu, "");
  if (name === "" || name === "." || name === "..") {
    throw new SuspiciousFileOperation(`Could not derive file name from '${text}'`);
  }
  return name;
}
