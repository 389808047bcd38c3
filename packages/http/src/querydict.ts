// Query strings and form data.

import { TooManyFieldsSent } from "@tsgo/core/exceptions";
import { MultiValueDict } from "@tsgo/utils/datastructures";
import { type Decode, quote, quotePlus, unquotePlus } from "@tsgo/utils/urls";

import { decodeText, encodeText, isUtf8 } from "./charset.ts";
import { httpSettings } from "./http-settings.ts";

/** How a query string is to be read. */
export interface QueryDictOptions {
  /** Whether it may be changed; default false. */
  readonly mutable?: boolean;
  /** The character set of the escapes; default DEFAULT_CHARSET. */
  readonly encoding?: string;
}

/**
 * The parameters of a query string or a form: names with one or more values each, all of them strings. It cannot be
 * changed unless it was made so; `copy()` can. Django: `QueryDict`.
 *
 * @example
 * const query = new QueryDict("tag=a&tag=b&page=2");
 * query.get("tag"); // "b"
 * query.getList("tag"); // ["a", "b"]
 */
export class QueryDict extends MultiValueDict<string> {
  /** The character set that `urlencode` writes. */
  readonly encoding: string;
  #mutable = true;

  /**
   * @throws TooManyFieldsSent where there are more parameters than DATA_UPLOAD_MAX_NUMBER_FIELDS.
   */
  constructor(query: string | Uint8Array = "", options: QueryDictOptions = {}) {
    super();
    this.encoding = options.encoding ?? httpSettings().DEFAULT_CHARSET;
    const text = typeof query === "string" ? query : textOf(query, this.encoding);
    if (text !== "") this.#parse(text);
    this.#mutable = options.mutable ?? false;
  }

  /** One with each of the names and the same value for all of them. Django: `QueryDict.fromkeys`. */
  static fromKeys(keys: Iterable<string>, value = "", options: QueryDictOptions = {}): QueryDict {
    const query = new QueryDict("", { ...options, mutable: true });
    for (const key of keys) query.appendList(key, value);
    query.#mutable = options.mutable ?? false;
    return query;
  }

  /** Whether it may be changed. */
  get mutable(): boolean {
    return this.#mutable;
  }

  /** Forbids changes from now on, and gives itself back. */
  freeze(): this {
    this.#mutable = false;
    return this;
  }

  /** A copy of its own that may be changed. */
  override copy(): QueryDict {
    const copy = new QueryDict("", { mutable: true, encoding: this.encoding });
    for (const [key, values] of this.lists()) copy.setList(key, values);
    return copy;
  }

  /**
   * The query string, in the order in which the names came.
   *
   * @param safe characters that need no escape beside those that never do.
   *
   * @example
   * new QueryDict("next=/a b/").urlencode("/"); // "next=/a%20b/"
   */
  urlencode(safe?: string): string {
    const write = safe
      ? (text: string) => quote(this.#bytes(text), safe)
      : (text: string) => quotePlus(this.#bytes(text));
    const pairs: string[] = [];
    for (const [key, values] of this.lists()) for (const value of values) pairs.push(`${write(key)}=${write(value)}`);
    return pairs.join("&");
  }

  override set(key: string, value: string): this {
    this.#assertMutable();
    return super.set(key, value);
  }

  override setList(key: string, values: Iterable<string>): void {
    this.#assertMutable();
    super.setList(key, values);
  }

  override appendList(key: string, value: string): void {
    this.#assertMutable();
    super.appendList(key, value);
  }

  override setDefault(key: string, value: string): string | undefined {
    this.#assertMutable();
    return super.setDefault(key, value);
  }

  override setListDefault(key: string, values: Iterable<string> = []): string[] {
    this.#assertMutable();
    return super.setListDefault(key, values);
  }

  override update(other: MultiValueDict<string> | Readonly<Record<string, string>>): void {
    this.#assertMutable();
    super.update(other);
  }

  override delete(key: string): boolean {
    this.#assertMutable();
    return super.delete(key);
  }

  override pop(key: string): string[] | undefined;
  override pop<D>(key: string, fallback: D): string[] | D;
  override pop(key: string, fallback?: unknown): unknown {
    this.#assertMutable();
    return super.pop(key, fallback);
  }

  override popItem(): [string, string[]] | undefined {
    this.#assertMutable();
    return super.popItem();
  }

  override clear(): void {
    this.#assertMutable();
    super.clear();
  }

  override toString(): string {
    return this.urlencode();
  }

  #parse(text: string): void {
    const fields = text.split("&");
    const limit = httpSettings().DATA_UPLOAD_MAX_NUMBER_FIELDS;
    if (limit !== null && fields.length > limit)
      throw new TooManyFieldsSent("The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS.");
    const decode = isUtf8(this.encoding) ? undefined : (bytes: Uint8Array) => decodeText(bytes, this.encoding);
    for (const field of fields) if (field !== "") this.#addField(field, decode);
  }

  #addField(field: string, decode: Decode | undefined): void {
    const equals = field.indexOf("=");
    const key = equals < 0 ? field : field.slice(0, equals);
    const value = equals < 0 ? "" : field.slice(equals + 1);
    super.appendList(unquotePlus(key, decode), unquotePlus(value, decode));
  }

  #bytes(text: string): string | Uint8Array {
    return isUtf8(this.encoding) ? text : encodeText(text, this.encoding);
  }

  #assertMutable(): void {
    if (!this.#mutable) throw new TypeError("This QueryDict instance is immutable: change a copy() of it.");
  }
}

// What is no text in its character set is read byte by byte, so that nothing is lost and nothing fails.
function textOf(bytes: Uint8Array, encoding: string): string {
  try {
    return isUtf8(encoding) ? strictUtf8.decode(bytes) : decodeText(bytes, encoding);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
