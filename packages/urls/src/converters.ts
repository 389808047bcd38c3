// What `<int:id>` in a route matches, and what becomes of it.

import { ImproperlyConfigured } from "@tsgo/core/exceptions";

/**
 * The values that converters give, by the name that a route uses. Add your own by declaration merging:
 *
 * @example
 * declare module "tsgo/urls" {
 *   interface Converters { year4: number }
 * }
 * registerConverter(FourDigitYear, "year4");
 */
export interface Converters {
  int: number;
  str: string;
  slug: string;
  uuid: string;
  path: string;
}

/**
 * Turns a part of a path into a value and back.
 *
 * A `RangeError` or `SyntaxError` from either method means that the value does not belong here: the pattern does not
 * match, or the URL cannot be made by it. Any other error goes through.
 */
export interface Converter<T = unknown> {
  /** What the part looks like, in the syntax of `rePath`, without anchors and without named groups. */
  readonly regex: string;
  toPython(text: string): T;
  toUrl(value: T): string;
}

/** A converter of unknown type, as a pattern holds it. */
export interface AnyConverter {
  readonly regex: string;
  toPython(text: string): unknown;
  toUrl(value: unknown): string;
}

/** Digits; a number. What no number holds exactly, from 2^53 on, does not match. */
export class IntConverter implements Converter<number> {
  readonly regex: string = "[0-9]+";

  toPython(text: string): number {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
    return value;
  }

  toUrl(value: unknown): string {
    return String(value);
  }
}

/** Anything but a slash. What a parameter without a converter uses. */
export class StringConverter implements Converter<string> {
  readonly regex: string = "[^/]+";

  toPython(text: string): string {
    return text;
  }

  toUrl(value: unknown): string {
    return String(value);
  }
}

/** ASCII letters, digits, hyphens and underscores. */
export class SlugConverter extends StringConverter {
  override readonly regex: string = "[-a-zA-Z0-9_]+";
}

/** Anything, slashes included. */
export class PathConverter extends StringConverter {
  override readonly regex: string = ".+";
}

/** A UUID with hyphens and in lower case, as a string. */
export class UUIDConverter extends StringConverter {
  override readonly regex: string = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
}

const converters = new Map<string, AnyConverter>([
  ["int", new IntConverter()],
  ["str", new StringConverter()],
  ["slug", new SlugConverter()],
  ["uuid", new UUIDConverter()],
  ["path", new PathConverter()],
]);

/**
 * Makes a converter usable in routes that are written from now on. Django: `register_converter`.
 *
 * @example
 * class FourDigitYear extends IntConverter {
 *   override readonly regex = "[0-9]{4}";
 *   override toUrl(value: number) { return String(value).padStart(4, "0"); }
 * }
 * registerConverter(FourDigitYear, "year4");
 *
 * @throws ImproperlyConfigured when the name is taken.
 */
export function registerConverter<Name extends keyof Converters>(
  converter: new () => Converter<Converters[Name]>,
  name: Name,
): void {
  if (converters.has(name)) {
    throw new ImproperlyConfigured(`A URL converter named '${name}' is registered already. Choose another name.`);
  }
  converters.set(name, new converter());
}

/** All converters by name. Django: `get_converters`. */
export function getConverters(): ReadonlyMap<string, AnyConverter> {
  return converters;
}
