// What a setting may hold: known to the compiler by its type, and to a running program by its check.

import { didYouMean } from "@tsgo/utils/nearest-name";

/** Tells what is wrong with a value. `T` is the type that the compiler sees. */
export interface Kind<T> {
  /** The kind in words, to follow "must be". */
  readonly expected: string;
  /** One sentence for each fault of `value`, which stands at `path` (`DATABASES.default.PORT`); none if it fits. */
  faults(value: unknown, path: string): string[];
  /** Never there: carries the type. */
  readonly type?: T;
}

/** The type of the values of a kind. */
export type ValueOf<K> = K extends Kind<infer T> ? T : never;

function kind<T>(expected: string, accepts: (value: unknown) => boolean): Kind<T> {
  return {
    expected,
    faults: (value, path) => (accepts(value) ? [] : [`${path} must be ${expected}, not ${describe(value)}.`]),
  };
}

export const text: Kind<string> = kind("a string", (value) => typeof value === "string");
export const boolean: Kind<boolean> = kind("true or false", (value) => typeof value === "boolean");
export const integer: Kind<number> = kind("a whole number", (value) => Number.isSafeInteger(value));
export const count: Kind<number> = kind(
  "a whole number, 0 or more",
  (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
);
export const seconds: Kind<number> = kind("a number of seconds", (value) => Number.isFinite(value));
export const timeZone: Kind<string> = kind('the name of a time zone ("Europe/Berlin")', isTimeZone);
export const pattern: Kind<RegExp> = kind("a regular expression", (value) => value instanceof RegExp);
export const object: Kind<object> = kind("an object", isObject);
export const anything: Kind<unknown> = kind("anything", () => true);

/** A function of the given type; only that it is a function can be checked. */
export function callable<F>(): Kind<F> {
  return kind("a function", (value) => typeof value === "function");
}

/** One of a few values. */
export function oneOf<const V extends readonly (string | number | boolean | null)[]>(...values: V): Kind<V[number]> {
  const names = values.map((value) => JSON.stringify(value)).join(", ");
  return {
    expected: `one of ${names}`,
    faults(value, path) {
      if ((values as readonly unknown[]).includes(value)) return [];
      const words = values.filter((known) => typeof known === "string");
      const hint = typeof value === "string" ? didYouMean(value, words) : "";
      return [`${path} must be one of ${names}, not ${describe(value)}.${hint}`];
    },
  };
}

/** `null`, or a value of the other kind. */
export function nullable<T>(inner: Kind<T>): Kind<T | null> {
  return either(
    inner,
    kind<null>("null", (value) => value === null),
  );
}

/** A value of the one kind or the other. */
export function either<A, B>(a: Kind<A>, b: Kind<B>): Kind<A | B> {
  const expected = `${a.expected} or ${b.expected}`;
  return {
    expected,
    faults(value, path) {
      const faults = a.faults(value, path);
      if (faults.length === 0 || b.faults(value, path).length === 0) return [];
      // A fault deep inside says more than that the whole is neither.
      return faults.every((fault) => fault.startsWith(`${path} must be`))
        ? [`${path} must be ${expected}, not ${describe(value)}.`]
        : faults;
    },
  };
}

/** A list. */
export function listOf<T>(item: Kind<T>): Kind<readonly T[]> {
  return {
    expected: "a list",
    faults: (value, path) =>
      Array.isArray(value)
        ? value.flatMap((entry: unknown, index) => item.faults(entry, `${path}[${index}]`))
        : [`${path} must be a list, not ${describe(value)}.`],
  };
}

/** A list of exactly two. */
export function pair<A, B>(first: Kind<A>, second: Kind<B>): Kind<readonly [A, B]> {
  return {
    expected: "a list of two",
    faults: (value, path) =>
      Array.isArray(value) && value.length === 2
        ? [...first.faults(value[0], `${path}[0]`), ...second.faults(value[1], `${path}[1]`)]
        : [`${path} must be a list of two, not ${describe(value)}.`],
  };
}

/** An object with keys of the user's choice. */
export function recordOf<T>(item: Kind<T>): Kind<Readonly<Record<string, T>>> {
  return {
    expected: "an object",
    faults: (value, path) =>
      isObject(value)
        ? Object.entries(value).flatMap(([key, entry]) =>
            // What copies the entries one by one would change the prototype of its copy.
            key === "__proto__" ? [`${path} has no key '${key}'.`] : item.faults(entry, `${path}.${key}`),
          )
        : [`${path} must be an object, not ${describe(value)}.`],
  };
}

type Shape = Readonly<Record<string, Kind<unknown>>>;
type ShapeValue<R extends Shape, O extends Shape> = { readonly [K in keyof R]: ValueOf<R[K]> } & {
  readonly [K in keyof O]?: ValueOf<O[K]>;
};

/** An object with known keys: those of `required` must be there, those of `optional` may. */
export function shape<R extends Shape, O extends Shape>(required: R, optional: O): Kind<ShapeValue<R, O>> {
  const known: Shape = { ...required, ...optional };
  return {
    expected: "an object",
    faults(value, path) {
      if (!isObject(value)) return [`${path} must be an object, not ${describe(value)}.`];
      const missing = Object.keys(required).filter((key) => !Object.hasOwn(value, key));
      return [
        ...missing.map((key) => `${path}.${key} is missing; it must be ${known[key]?.expected}.`),
        ...Object.entries(value).flatMap(([key, entry]) =>
          Object.hasOwn(known, key)
            ? (known[key]?.faults(entry, `${path}.${key}`) ?? [])
            : [`${path} has no key '${key}'.${didYouMean(key, Object.keys(known))}`],
        ),
      ];
    },
  };
}

function isTimeZone(value: unknown): boolean {
  // Asking Intl takes longer than reading all other settings.
  if (value === "UTC") return true;
  try {
    // An offset is understood, too, but is no zone: it has no summer.
    return (
      typeof value === "string" && /^[A-Za-z]/.test(value) && Boolean(Intl.DateTimeFormat("en", { timeZone: value }))
    );
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}
