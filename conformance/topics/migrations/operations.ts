// Operations in the form in which Django's were recorded.

import type { Field } from "../../../packages/orm/src/fields/field.ts";
import type { Operation } from "../../../packages/orm/src/migrations/operations/operation.ts";
import { fieldDefinition } from "../../../packages/orm/src/migrations/state/definition.ts";
import { encode } from "../../values.ts";

type Shown = Record<string, unknown>;

interface Part {
  deconstruct(): { readonly type: string; readonly options: Readonly<Record<string, unknown>> };
}

/** An operation as the recorded cases write it: its name and parameters, a field in full. */
export function showOperation(operation: Operation, showExpression: (value: unknown) => unknown): Shown {
  const { name: op, options } = operation.deconstruct();
  const { modelName, field, fields, name, index, constraint, options: meta, ...rest } = options;
  return {
    op,
    ...rest,
    ...(modelName !== undefined && { model: modelName }),
    ...(field === undefined
      ? name !== undefined && { name }
      : { field: showField(String(name), field as Field, showExpression) }),
    ...(fields !== undefined && {
      fields: Object.entries(fields as Record<string, Field>).map(([key, value]) =>
        showField(key, value, showExpression),
      ),
    }),
    ...(index !== undefined && { index: showPart(index as Part, false, showExpression) }),
    ...(constraint !== undefined && { constraint: showPart(constraint as Part, true, showExpression) }),
    ...(meta !== undefined && { options: showOptions(meta as Shown, showExpression) }),
  };
}

function showField(name: string, field: Field, showExpression: (value: unknown) => unknown): Shown {
  const { type, options } = fieldDefinition(field);
  const { autoCreated, ...rest } = options;
  const shown: Shown = { name, type, ...(autoCreated === true && { auto: true }) };
  for (const [key, value] of Object.entries(rest)) shown[key] = showFieldOption(key, value, showExpression);
  return shown;
}

function showFieldOption(key: string, value: unknown, showExpression: (value: unknown) => unknown): unknown {
  if (key === "onDelete") return (value as { readonly name: string }).name;
  if (key === "expression") return showExpression(value);
  if (key === "outputField") {
    const { name: _name, ...output } = showField("", value as Field, showExpression);
    return output;
  }
  return typeof value === "function" ? { $callable: "dict" } : showValue(value);
}

function showValue(value: unknown): unknown {
  const encoded = encode(value);
  // Instants are recorded without a zone here: all are UTC.
  return typeof encoded === "object" && encoded !== null && "$datetime" in encoded
    ? { $datetime: encoded.$datetime }
    : encoded;
}

function showPart(part: Part, withType: boolean, showExpression: (value: unknown) => unknown): Shown {
  const { type, options } = part.deconstruct();
  const shown: Shown = withType ? { type } : {};
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (key === "condition") shown[key] = showExpression(value);
    else shown[key] = key === "expressions" ? (value as unknown[]).map(showExpression) : value;
  }
  return shown;
}

function showOptions(options: Shown, showExpression: (value: unknown) => unknown): Shown {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => {
      if (key === "indexes") return [key, (value as Part[]).map((index) => showPart(index, false, showExpression))];
      if (key === "constraints") return [key, (value as Part[]).map((part) => showPart(part, true, showExpression))];
      return [key, value];
    }),
  );
}
