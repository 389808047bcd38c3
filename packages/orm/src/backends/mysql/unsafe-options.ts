// Options of the driver that would let a value end its quotation, or one call send several statements.

import { ImproperlyConfigured } from "@tsgo/core/exceptions";

const UNSAFE: Readonly<Record<string, (value: unknown) => boolean>> = {
  multipleStatements: (value) => value !== false && value !== "false",
  // Several of the server's character sets have letters that end in a backslash.
  charset: (value) => !/^utf8mb4(_\w+)?$/i.test(String(value)),
  charsetNumber: () => true,
  flags: () => true,
  stringifyObjects: (value) => value !== true && value !== "true",
  namedPlaceholders: (value) => value !== false && value !== "false",
  queryFormat: () => true,
  insecureAuth: (value) => value !== false && value !== "false",
};

/** @throws ImproperlyConfigured where OPTIONS has one that weakens how values are kept apart from SQL. */
export function refuseUnsafeOptions(alias: string, options: Readonly<Record<string, unknown>> = {}): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(UNSAFE, name) || UNSAFE[name]?.(value) !== true) continue;
    throw new ImproperlyConfigured(
      `DATABASES['${alias}']: OPTIONS cannot set '${name}' to ${JSON.stringify(value)}: it would weaken how values are kept apart from SQL. Leave it out.`,
    );
  }
}
