import { inspect } from "node:util";

import { textForm } from "@tsgo/utils/text-form";
import { isPlainObject } from "@tsgo/utils/text-form";

/** A value laid out for a developer to read. Objects that are no plain data stand by their text. */
export function pprint(value: unknown): string {
  if (typeof value === "string") return inspect(value);
  if (!Array.isArray(value) && !isPlainObject(value)) return textForm(value);
  return JSON.stringify(JSON.parse(textForm(value)), undefined, 1);
}
