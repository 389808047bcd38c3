import { FieldError } from "@tsgo/core/exceptions";

import type { ModelBase } from "../models/model.ts";
import { Field, type FieldOptions, describeValue } from "./field.ts";

/** Raw bytes, as `Uint8Array`. */
export class BinaryField<T = Uint8Array, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "Raw binary data";

  constructor(options: FieldOptions = {}) {
    super({ ...options, editable: options.editable ?? false });
    (this as { options: FieldOptions }).options = options;
  }

  override get internalType(): string {
    return "BinaryField";
  }

  override getDefault(): unknown {
    const value = super.getDefault();
    return value === "" ? new Uint8Array() : value;
  }

  /** Takes bytes, or a text in base64. */
  override toValue(value: unknown): unknown {
    return typeof value === "string" ? Uint8Array.from(Buffer.from(value, "base64")) : value;
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    throw new FieldError(`${this.toString()}: ${describeValue(value)} is not a Uint8Array.`);
  }

  /** Base64. */
  override valueToString(instance: ModelBase): string {
    return Buffer.from(this.valueFromObject(instance) as Uint8Array).toString("base64");
  }

  override fromDb(): (value: unknown) => unknown {
    return (value) => (value instanceof Uint8Array ? new Uint8Array(value) : value);
  }
}
