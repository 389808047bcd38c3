// A value typed by a person, as the field takes it.

import { TsgoError } from "@tsgo/core/exceptions";

import type { Field } from "../../fields/field.ts";

/** A text that a field cannot take as a value. */
export class UnreadableValue extends TsgoError {
  constructor(text: string, field: Field, reason: string) {
    super(`'${text}' is no value for a ${field.constructor.name}. ${reason}`, { code: "unreadable_value" });
  }
}

/**
 * The value that a text stands for: `now` is the present moment for dates and times, `null` is null where the field takes
 * it, JSON is JSON for a JSONField; all else is read as the field reads the text of a form. Nothing is evaluated.
 */
export function readValue(text: string, field: Field): unknown {
  if (text === "null" && field.null) return null;
  if (text === "now" && isClock(field)) return field.toValue(new Date());
  try {
    if (field.internalType === "JSONField") return JSON.parse(text) as unknown;
    const value = field.isRelation ? keyValue(text) : field.toValue(text);
    field.getPrepValue(field.isRelation ? null : value);
    return value;
  } catch (error) {
    throw new UnreadableValue(text, field, error instanceof Error ? error.message : "");
  }
}

// The target of a relation is a model of the state, whose key cannot be asked here.
function keyValue(text: string): unknown {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function isClock(field: Field): boolean {
  return ["DateField", "DateTimeField", "TimeField"].includes(field.internalType);
}
