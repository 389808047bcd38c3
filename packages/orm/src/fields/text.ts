// Fields that hold text.

import { FieldError, ValidationError } from "@tsgo/core/exceptions";

import { isWellFormed } from "../values/well-formed.ts";
import { type Deconstructed, Field, type FieldOptions, type Validator, describeValue } from "./field.ts";

/** What text fields share: one way for a value to become text, and texts that every database can keep. */
export abstract class AbstractTextField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  override toValue(value: unknown): unknown {
    return value === null || value === undefined || typeof value === "string" ? value : toText(value, this);
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    return checkText(typeof value === "string" ? value : toText(value, this), this);
  }
}

/** Options of fields with a longest text. */
export interface CharFieldOptions extends FieldOptions {
  readonly maxLength?: number;
}

/** A text of at most `maxLength` characters, or of any length where the database allows it. */
export class CharField<T = string, Optional extends boolean = boolean> extends AbstractTextField<T, Optional> {
  override get internalType(): string {
    return "CharField";
  }

  override get defaultValidators(): readonly Validator[] {
    return this.maxLength === undefined ? [] : [maxLengthValidator(this.maxLength)];
  }
}

/** A text of any length. */
export class TextField<T = string, Optional extends boolean = boolean> extends AbstractTextField<T, Optional> {
  override get internalType(): string {
    return "TextField";
  }
}

/** Letters, digits, hyphens and underscores: a part of a URL. It has an index unless `dbIndex` is false. */
export class SlugField<T = string, Optional extends boolean = boolean> extends CharField<T, Optional> {
  constructor(options: FieldOptions & { readonly allowUnicode?: boolean } = {}) {
    super({ ...options, maxLength: options.maxLength ?? 50 });
  }

  override get internalType(): string {
    return "SlugField";
  }

  override get dbIndex(): boolean {
    return this.options.dbIndex ?? true;
  }

  override get defaultValidators(): readonly Validator[] {
    const unicode = (this.options as { allowUnicode?: boolean }).allowUnicode === true;
    return [
      ...super.defaultValidators,
      patternValidator(
        unicode ? /^[-\p{L}\p{N}_]+$/u : /^[-a-zA-Z0-9_]+$/,
        `Enter a valid “slug” consisting of ${unicode ? "Unicode " : ""}letters, numbers, underscores or hyphens.`,
      ),
    ];
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 50);
  }
}

/** A text that is an e-mail address. */
export class EmailField<T = string, Optional extends boolean = boolean> extends CharField<T, Optional> {
  constructor(options: FieldOptions = {}) {
    super({ ...options, maxLength: options.maxLength ?? 254 });
  }

  override get defaultValidators(): readonly Validator[] {
    return [...super.defaultValidators, patternValidator(EMAIL, "Enter a valid email address.")];
  }
}

/** A text that is a URL. */
export class URLField<T = string, Optional extends boolean = boolean> extends CharField<T, Optional> {
  constructor(options: FieldOptions = {}) {
    super({ ...options, maxLength: options.maxLength ?? 200 });
  }

  override get defaultValidators(): readonly Validator[] {
    return [...super.defaultValidators, validateUrl];
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 200);
  }
}

/** The path of a file below `path`. */
export class FilePathField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  constructor(
    options: FieldOptions & {
      readonly path?: string;
      readonly match?: string;
      readonly recursive?: boolean;
      readonly allowFiles?: boolean;
      readonly allowFolders?: boolean;
    } = {},
  ) {
    super({ ...options, maxLength: options.maxLength ?? 100 });
  }

  override get internalType(): string {
    return "FilePathField";
  }

  override toValue(value: unknown): unknown {
    return value === null || value === undefined ? value : toText(value, this);
  }

  override getPrepValue(value: unknown): unknown {
    return value === null || value === undefined ? null : checkText(toText(value, this), this);
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 100);
  }
}

/** The name of a stored file, relative to its storage. */
export class FileField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  constructor(options: FieldOptions & { readonly uploadTo?: string } = {}) {
    super({ ...options, maxLength: options.maxLength ?? 100 });
  }

  override get internalType(): string {
    return "FileField";
  }

  override getPrepValue(value: unknown): unknown {
    return value === null || value === undefined ? null : checkText(toText(value, this), this);
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 100);
  }
}

/** A stored image. */
export class ImageField<T = string, Optional extends boolean = boolean> extends FileField<T, Optional> {}

/** An IPv4 or IPv6 address. */
export class GenericIPAddressField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  constructor(
    options: FieldOptions & { readonly protocol?: "both" | "IPv4" | "IPv6"; readonly unpackIpv4?: boolean } = {},
  ) {
    super({ ...options, maxLength: 39 });
  }

  override get internalType(): string {
    return "GenericIPAddressField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override toValue(value: unknown): unknown {
    return value === null || value === undefined ? null : toText(value, this).trim().toLowerCase();
  }

  override getPrepValue(value: unknown): unknown {
    return value === null || value === undefined || value === ""
      ? null
      : checkText(toText(value, this), this).trim().toLowerCase();
  }

  override get defaultValidators(): readonly Validator[] {
    const protocol = ((this.options as { protocol?: string }).protocol ?? "both").toLowerCase();
    return [ipValidator(protocol)];
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 39);
  }
}

/** A scalar as text. An object or a list is none, whatever its `toString` says: it may come from a request's JSON. */
function toText(value: unknown, field: Field): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  // Safe strings are objects that stand for a text.
  if (typeof value === "object" && value !== null && Symbol.for("tsgo.safe") in value)
    return (value as { toString(): string }).toString();
  throw new FieldError(`${field.toString()}: ${describeValue(value)} is not a text.`);
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

// The class gives a length of its own, which a migration need not repeat.
function withoutDefaultLength({ type, options }: Deconstructed, length: number): Deconstructed {
  const { maxLength, ...rest } = options;
  return { type, options: maxLength === length ? rest : { ...rest, maxLength } };
}

function maxLengthValidator(limit: number): Validator {
  return (value: unknown) => {
    const length = Array.from(String(value)).length;
    if (length <= limit) return;
    throw new ValidationError("Ensure this value has at most %(limitValue)d characters (it has %(showValue)d).", {
      code: "max_length",
      params: { limitValue: limit, showValue: length, value },
    });
  };
}

function patternValidator(pattern: RegExp, message: string): Validator {
  return (value: unknown) => {
    if (!pattern.test(String(value))) throw new ValidationError(message, { code: "invalid", params: { value } });
  };
}

const EMAIL =
  /^[-!#$%&'*+/=?^_`{}|~0-9a-z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9a-z]+)*@(?:(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}|localhost|\[[0-9a-f:.]+\])$/i;

function validateUrl(value: unknown): void {
  const text = String(value);
  const parsed =
    /^(?:https?|ftps?):\/\/[^\s/?#.][^\s/?#]*(?:[/?#]\S*)?$/i.test(text) && URL.canParse(text)
      ? new URL(text)
      : undefined;
  const host = parsed?.hostname ?? "";
  if (text.length <= 2048 && (host === "localhost" || host.includes(".") || host.startsWith("["))) return;
  throw new ValidationError("Enter a valid URL.", { code: "invalid", params: { value } });
}

function ipValidator(protocol: string): Validator {
  const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
  return (value: unknown) => {
    const text = String(value);
    const isV4 = IPV4.test(text);
    const isV6 = text.includes(":") && text.length <= 39 && URL.canParse(`http://[${text}]/`);
    if ((isV4 && protocol !== "ipv6") || (isV6 && protocol !== "ipv4")) return;
    throw new ValidationError("Enter a valid %(protocol)s address.", {
      code: "invalid",
      params: { protocol: protocol === "both" ? "IPv4 or IPv6" : protocol, value },
    });
  };
}
