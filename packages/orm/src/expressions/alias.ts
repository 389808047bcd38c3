import { FieldError } from "@tsgo/core/exceptions";

// Letters and digits of any language, underscores, and the hyphen between words. Everything that quotes, comments,
// separates or numbers parameters in some database's SQL is left out, and so is every invisible character.
const ALIAS = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:-[\p{L}\p{M}\p{N}_]+)*$/u;

/**
 * Checks a name that is going to be a column of the result.
 *
 * @throws FieldError that shows the name with its invisible characters escaped.
 */
export function assertAlias(alias: string): void {
  if (typeof alias === "string" && ALIAS.test(alias) && alias.length <= 200) return;
  const shown = JSON.stringify(alias).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
  throw new FieldError(`${shown} cannot be the name of a column: use letters, digits and underscores.`);
}
