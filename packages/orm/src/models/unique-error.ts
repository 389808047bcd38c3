// What validation says where another row has the same values.

import { ValidationError } from "@tsgo/core/exceptions";

import type { Field } from "../fields/field.ts";
import type { ModelClass } from "./model.ts";
import type { Options } from "./options.ts";

/** The error about fields that are to be unique together, or one alone. `meta` is that of the instance, `model` the one with the rule. */
export function uniqueError(meta: Options, model: ModelClass, names: readonly string[]): ValidationError {
  const params = { model_name: capitalized(meta.verboseName), unique_check: names };
  if (names.length === 1) {
    const field = model._meta.getField(names[0] ?? "") as Field;
    return new ValidationError(field.errorMessage("unique"), {
      code: "unique",
      params: { ...params, field_label: capitalized(field.verboseName) },
    });
  }
  const labels = names.map((name) => capitalized((model._meta.getField(name) as Field).verboseName));
  const joined = `${labels.slice(0, -1).join(", ")} and ${labels.at(-1) ?? ""}`;
  return new ValidationError("%(model_name)s with this %(field_labels)s already exists.", {
    code: "unique_together",
    params: { ...params, field_labels: joined },
  });
}

/** A text that begins with a capital. */
export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
