import { FieldError } from "@tsgo/core/exceptions";

import { Field, describeValue, isEmptyValue } from "./field.ts";

/** True or false; null too where the field allows it. */
export class BooleanField<T = boolean, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "Boolean (Either True or False)";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” value must be either True or False.",
    invalidNullable: "“%(value)s” value must be either True, False, or None.",
  };

  override get internalType(): string {
    return "BooleanField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override toValue(value: unknown): unknown {
    if (value === undefined || (this.null && isEmptyValue(value))) return null;
    const flag = toBoolean(value);
    if (flag !== undefined) return flag;
    throw this.invalid(value, this.null ? "invalidNullable" : "invalid", "invalid");
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    const flag = toBoolean(value);
    if (flag !== undefined) return flag;
    throw new FieldError(`${this.toString()}: ${describeValue(value)} is neither true nor false.`);
  }

  override fromDb(): (value: unknown) => unknown {
    return (value) => (typeof value === "boolean" ? value : value === 1 || value === 1n || value === "1");
  }
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === 1 || value === "1" || value === "t" || value === "True" || value === "true") return true;
  if (value === 0 || value === "0" || value === "f" || value === "False" || value === "false") return false;
  return undefined;
}
