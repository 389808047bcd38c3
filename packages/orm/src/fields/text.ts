// Fields that hold text.

import { FieldError, ValidationError } from "@tsgo/core/exceptions";
import {
  validateEmail,
  MaxLengthValidator,
  URLValidator,
  cleanIpv6Address,
  validateIpv46Address,
  validateIpv4Address,
  validateIpv6Address,
  validateSlug,
  validateUnicodeSlug,
} from "@tsgo/core/validators";

import { isWellFormed } from "../values/well-formed.ts";
import { type Deconstructed, Field, type FieldOptions, type Validator, describeValue } from "./field.ts";

/** What text fields share: one way for a value to become text, and texts that every database can keep. */
export abstract class AbstractTextField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  override toValue(value: unknown): unknown {
    return value === null || value === undefined || typeof value === "string" ? value : toText(value, this);
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    return storableText(value, this);
  }
}

/** Options of fields with a longest text. */
export interface CharFieldOptions extends FieldOptions {
  readonly maxLength?: number;
}

/** A text of at most `maxLength` characters, or of any length where the database allows it. */
export class CharField<T = string, Optional extends boolean = boolean> extends AbstractTextField<T, Optional> {
  override get description(): string {
    const { description } = this.constructor as typeof Field;
    if (description !== "") return super.description;
    return this.maxLength === undefined ? "String (unlimited)" : `String (up to ${this.maxLength})`;
  }

  override get internalType(): string {
    return "CharField";
  }

  override get defaultValidators(): readonly Validator[] {
    return this.maxLength === undefined ? [] : [MaxLengthValidator(this.maxLength)];
  }
}

/** A text of any length. */
export class TextField<T = string, Optional extends boolean = boolean> extends AbstractTextField<T, Optional> {
  static override readonly description: string = "Text";

  override get internalType(): string {
    return "TextField";
  }
}

/** Options of slugs. */
export interface SlugFieldOptions extends CharFieldOptions {
  /** Takes letters of any script. */
  readonly allowUnicode?: boolean;
}

/** Letters, digits, hyphens and underscores: a part of a URL. It has an index unless `dbIndex` is false. */
export class SlugField<T = string, Optional extends boolean = boolean> extends CharField<T, Optional> {
  static override readonly description: string = "Slug (up to %(maxLength)s)";

  declare readonly options: SlugFieldOptions;

  constructor(options: SlugFieldOptions = {}) {
    super({ ...options, maxLength: options.maxLength ?? 50 });
  }

  override get internalType(): string {
    return "SlugField";
  }

  override get dbIndex(): boolean {
    return this.options.dbIndex ?? true;
  }

  get allowUnicode(): boolean {
    return this.options.allowUnicode ?? false;
  }

  override get defaultValidators(): readonly Validator[] {
    return [this.allowUnicode ? validateUnicodeSlug : validateSlug, ...super.defaultValidators];
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 50);
  }
}

/** A text that is an e-mail address. */
export class EmailField<T = string, Optional extends boolean = boolean> extends CharField<T, Optional> {
  static override readonly description: string = "Email address";

  constructor(options: FieldOptions = {}) {
    super({ ...options, maxLength: options.maxLength ?? 254 });
  }

  override get defaultValidators(): readonly Validator[] {
    return [validateEmail, ...super.defaultValidators];
  }
}

/** A text that is a URL. */
export class URLField<T = string, Optional extends boolean = boolean> extends CharField<T, Optional> {
  static override readonly description: string = "URL";

  constructor(options: FieldOptions = {}) {
    super({ ...options, maxLength: options.maxLength ?? 200 });
  }

  override get defaultValidators(): readonly Validator[] {
    return [validateUrl, ...super.defaultValidators];
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 200);
  }
}

/** Options of addresses. */
export interface GenericIPAddressFieldOptions extends FieldOptions {
  /** Which addresses are taken: `"both"` unless given. */
  readonly protocol?: "both" | "IPv4" | "IPv6";
  /** Makes `192.0.2.1` of `::ffff:192.0.2.1`. Only with the protocol `"both"`. */
  readonly unpackIpv4?: boolean;
}

const IP_VALIDATORS = { both: validateIpv46Address, IPv4: validateIpv4Address, IPv6: validateIpv6Address } as const;

/** An IPv4 or IPv6 address, the latter in its shortest form. */
export class GenericIPAddressField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "IP address";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "Enter a valid %(protocol)s address.",
  };

  declare readonly options: GenericIPAddressFieldOptions;

  constructor(options: GenericIPAddressFieldOptions = {}) {
    super({ ...options, maxLength: 39 });
    if (this.unpackIpv4 && this.protocol !== "both")
      throw new FieldError("GenericIPAddressField: unpackIpv4 needs the protocol 'both'.");
  }

  override get internalType(): string {
    return "GenericIPAddressField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  get protocol(): "both" | "IPv4" | "IPv6" {
    return this.options.protocol ?? "both";
  }

  get unpackIpv4(): boolean {
    return this.options.unpackIpv4 ?? false;
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    const text = toText(value, this).trim();
    if (!text.includes(":")) return text;
    return cleanIpv6Address(text, { unpackIpv4: this.unpackIpv4, message: String(this.errorMessage("invalid")) });
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    const text = storableText(value, this).trim();
    try {
      return text.includes(":") ? cleanIpv6Address(text, { unpackIpv4: this.unpackIpv4 }) : text;
    } catch (error) {
      // A part of an address may be looked for.
      if (error instanceof ValidationError) return text.toLowerCase();
      throw error;
    }
  }

  override get defaultValidators(): readonly Validator[] {
    return [IP_VALIDATORS[this.protocol]];
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 39);
  }
}

const validateUrl = URLValidator();

/** A scalar as text. An object or a list is none, whatever its `toString` says: it may come from a request's JSON. */
export function toText(value: unknown, field: Field): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  // Safe strings are objects that stand for a text.
  if (typeof value === "object" && value !== null && Symbol.for("tsgo.safe") in value)
    return (value as { toString(): string }).toString();
  throw new FieldError(`${field.toString()}: ${describeValue(value)} is not a text.`);
}

/** A value as text that every database can keep. */
export function storableText(value: unknown, field: Field): string {
  return checkText(toText(value, field), field);
}

function checkText(value: string, field: Field): string {
  if (value.includes("\0"))
    throw new ValidationError(`${field.toString()}: null characters are not allowed.`, {
      code: "null_characters_not_allowed",
    });
  if (!isWellFormed(value))
    throw new ValidationError(`${field.toString()}: the text has half of a surrogate pair.`, {
      code: "lone_surrogate",
    });
  return value;
}

/** The texts that `checkText` refuses, for values that have no field. */
export function assertStorableText(value: string): void {
  if (value.includes("\0"))
    throw new ValidationError("Null characters are not allowed in a text for the database.", {
      code: "null_characters_not_allowed",
    });
  if (!isWellFormed(value))
    throw new ValidationError("The text has half of a surrogate pair.", { code: "lone_surrogate" });
}

/** The class gives a length of its own, which a migration need not repeat. */
export function withoutDefaultLength({ type, options }: Deconstructed, length: number): Deconstructed {
  const { maxLength, ...rest } = options;
  return { type, options: maxLength === length ? rest : { ...rest, maxLength } };
}
