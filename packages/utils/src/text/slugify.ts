// Text made fit for a URL.

import { textForm } from "../text-form.ts";
import { SPACE } from "./whitespace.ts";

const NOT_KEPT = new RegExp(`[^\\p{L}\\p{N}_${SPACE}-]`, "gu");
const GAPS = new RegExp(`[-${SPACE}]+`, "gu");

/** Options of `slugify`. */
export interface SlugifyOptions {
  /** Whether letters of other scripts stay. Otherwise they lose their accents, or go. */
  readonly allowUnicode?: boolean;
}

/**
 * Lower-cases a text, drops what is neither letter, digit, underscore nor hyphen, and joins words with single hyphens.
 * Django: `slugify`.
 *
 * @example
 * slugify("Hello, World!"); // "hello-world"
 */
export function slugify(value: unknown, { allowUnicode = false }: SlugifyOptions = {}): string {
  const text = textForm(value);
  // oxlint-disable-next-line no-control-regex -- the range is ASCII itself
  const letters = allowUnicode ? text.normalize("NFKC") : text.normalize("NFKD").replaceAll(/[^\0-\x7f]/g, "");
  const kept = letters.toLowerCase().replaceAll(NOT_KEPT, "");
  return trimHyphens(kept.replaceAll(GAPS, "-"));
}

// Underscores at the ends go with the hyphens; those inside stay.
function trimHyphens(slug: string): string {
  let start = 0;
  let end = slug.length;
  while (start < end && isTrimmed(slug[start])) start += 1;
  while (end > start && isTrimmed(slug[end - 1])) end -= 1;
  return slug.slice(start, end);
}

function isTrimmed(character: string | undefined): boolean {
  return character === "-" || character === "_";
}
