import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import { Field } from "./field.ts";

const HEX = /^[0-9a-f]{32}$/;

/** A UUID, as a string of 32 small hex digits in groups of 8, 4, 4, 4 and 12. */
export class UUIDField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "Universally unique identifier";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” is not a valid UUID.",
  };

  override get internalType(): string {
    return "UUIDField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    const hex =
      typeof value === "string"
        ? value
            .trim()
            .toLowerCase()
            .replaceAll(/^urn:uuid:|[{}-]/g, "")
        : "";
    if (HEX.test(hex)) return grouped(hex);
    throw this.invalid(value);
  }

  override getPrepValue(value: unknown): unknown {
    return this.toValue(value);
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    const uuid = prepared ? value : this.getPrepValue(value);
    if (typeof uuid !== "string") return uuid;
    return connection.features.hasNativeUuid ? uuid : uuid.replaceAll("-", "");
  }

  override fromDb(connection: DatabaseWrapper): ((value: unknown) => unknown) | undefined {
    return connection.features.hasNativeUuid
      ? undefined
      : (value) => grouped(String(value).replaceAll("-", "").toLowerCase());
  }
}

function grouped(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
