import { TsgoError } from "./base.ts";
import { formatMessage } from "./format-message.ts";

/** The key under which errors stand that belong to a form or model as a whole. */
export const NON_FIELD_ERRORS = "__all__";

/** A text, or an object that becomes one when it is shown (a lazy translation). */
export type ErrorText = string | { toString(): string };

/** Values for the `%(name)s` placeholders of a message. */
export type ErrorParams = Readonly<Record<string, unknown>>;

/** What a `ValidationError` is made of: a text, other errors, a list of such, or lists by field name. */
export type ErrorSource =
  | ErrorText
  | ValidationError
  | readonly ErrorSource[]
  | { readonly [field: string]: ErrorSource };

/**
 * A value is not acceptable. It holds one message, a list of errors, or lists of errors by field.
 *
 * `messages` is always the flat list for people. `errorDict` is there only where the error was made by field;
 * `errorList` otherwise. `code` is `""` where none was given.
 *
 * @example
 * throw new ValidationError("%(value)s is not an even number.", { code: "odd", params: { value } });
 * throw new ValidationError({ password: "Too short.", [NON_FIELD_ERRORS]: ["No.", "Neither."] });
 */
export class ValidationError extends TsgoError {
  /** Values for the placeholders in the message. */
  readonly params: ErrorParams | undefined;
  readonly #text: ErrorText | undefined;
  readonly #list: readonly ValidationError[] | undefined;
  readonly #dict: Readonly<Record<string, ValidationError[]>> | undefined;

  constructor(message: ErrorSource, options: { code?: string; params?: ErrorParams; cause?: unknown } = {}) {
    const parts = ValidationError.#takeApart(message, options);
    super(summary(parts), { ...("cause" in options ? { cause: options.cause } : {}), code: parts.code });
    this.params = parts.params;
    this.#text = parts.text;
    this.#list = parts.list;
    this.#dict = parts.dict;
  }

  /** The errors by field, or undefined where the error is not divided by field. */
  get errorDict(): Readonly<Record<string, ValidationError[]>> | undefined {
    return this.#dict;
  }

  /** The single errors that this one stands for; itself where it is single. */
  get errorList(): readonly ValidationError[] {
    if (this.#dict) return Object.values(this.#dict).flat();
    return this.#list ?? [this];
  }

  /** The texts by field. Throws a TypeError where the error is not divided by field. */
  get messageDict(): Record<string, string[]> {
    if (!this.#dict) throw new TypeError("This ValidationError is not divided by field; read `messages`.");
    return mapValues(this.#dict, (errors) => new ValidationError(errors).messages);
  }

  /** All texts in one list, placeholders filled in. */
  get messages(): string[] {
    return this.errorList.map((error) => error.#format());
  }

  /** Adds the errors to `errors`, lists by field; what has no field goes under `NON_FIELD_ERRORS`. */
  updateErrorDict(errors: Record<string, ValidationError[]>): Record<string, ValidationError[]> {
    const own = this.#dict ?? { [NON_FIELD_ERRORS]: [...this.errorList] };
    for (const [field, list] of Object.entries(own)) {
      if (Object.hasOwn(errors, field)) errors[field]?.push(...list);
      else Object.defineProperty(errors, field, { value: [...list], ...PLAIN_PROPERTY });
    }
    return errors;
  }

  /** Whether both say the same: text, code and params alike, in any order. */
  equals(other: unknown): boolean {
    return other instanceof ValidationError && this.#key() === other.#key();
  }

  /** The texts, or `[field, texts]` pairs where the error is divided by field. */
  *[Symbol.iterator](): Generator<string | [string, string[]]> {
    if (this.#dict) yield* Object.entries(this.messageDict);
    else yield* this.messages;
  }

  override toString(): string {
    return JSON.stringify(this.#dict ? this.messageDict : this.messages);
  }

  #format(): string {
    return formatMessage(String(this.#text), this.params);
  }

  #key(): string {
    if (this.#dict) return JSON.stringify(Object.entries(mapValues(this.#dict, keysOf)).sort(byFirst));
    if (this.#list) return JSON.stringify(keysOf(this.#list));
    const params = Object.entries(this.params ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
    return JSON.stringify([String(this.#text), this.code, params.sort(byFirst)]);

    function keysOf(errors: readonly ValidationError[]): string[] {
      return errors.map((error) => error.#key()).sort();
    }
  }

  static #takeApart(source: ErrorSource, options: { code?: string; params?: ErrorParams }): Parts {
    const code = options.code ?? "";
    if (source instanceof ValidationError)
      return { text: source.#text, list: source.#list, dict: source.#dict, code: source.code, params: source.params };
    if (isList(source)) return { list: source.flatMap((item) => asError(item).errorList), code };
    if (isPlainObject(source)) return { dict: mapValues(source, (item) => [...asError(item).errorList]), code };
    return { text: source, code, params: options.params };
  }
}

interface Parts {
  readonly text?: ErrorText | undefined;
  readonly list?: readonly ValidationError[] | undefined;
  readonly dict?: Readonly<Record<string, ValidationError[]>> | undefined;
  readonly code: string;
  readonly params?: ErrorParams | undefined;
}

// A field may be called `__proto__`: define, never assign.
const PLAIN_PROPERTY = { writable: true, enumerable: true, configurable: true };

function asError(source: ErrorSource): ValidationError {
  return source instanceof ValidationError ? source : new ValidationError(source);
}

function summary({ text, list, dict, params }: Parts): string {
  if (text !== undefined) return formatMessage(String(text), params);
  if (list) return list.map((error) => error.message).join(" ");
  return Object.entries(dict ?? {})
    .map(([field, errors]) => `${field}: ${errors.map((error) => error.message).join(" ")}`)
    .join("; ");
}

function isList(source: ErrorSource): source is readonly ErrorSource[] {
  return Array.isArray(source);
}

function isPlainObject(source: ErrorSource): source is { readonly [field: string]: ErrorSource } {
  if (typeof source !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(source);
  return prototype === Object.prototype || prototype === null;
}

function mapValues<T, R>(source: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  const result = Object.create(null) as Record<string, R>;
  for (const [key, value] of Object.entries(source)) result[key] = change(value);
  return result;
}

function byFirst(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : Number(a[0] > b[0]);
}
