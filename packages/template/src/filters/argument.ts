import { TsgoError } from "@tsgo/core/exceptions";
import { textForm } from "@tsgo/utils/text-form";

import { toInteger } from "../runtime/number.ts";

// Wider than any page; the text would fill the memory.
const LARGEST = 1_000_000;

/** The argument of a filter cannot be used. Python: `ValueError`. */
export class FilterArgumentError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "filter_argument" });
    this.name = "ValueError";
  }
}

/**
 * The argument of a filter that must be a whole number, such as a width.
 *
 * @throws FilterArgumentError for anything else.
 */
export function requireInteger(argument: unknown): number {
  const integer = toInteger(argument);
  if (integer !== undefined && integer <= LARGEST) return integer;
  throw new FilterArgumentError(
    `The argument of this filter must be a whole number up to ${LARGEST}, not '${textForm(argument)}'.`,
  );
}
