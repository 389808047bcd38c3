import { FieldError } from "@tsgo/core/exceptions";

import type { Sql } from "./sql.ts";

// Strings, quoted names, comments and casts are left alone; so is a question mark, which is doubled to stay one.
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|::|:(?<name>[A-Za-z_]\w*)|\?/g;

/** Raw SQL with `:name` in the place of values, as raw SQL with question marks. */
export function namedParameters(sql: string, values: Readonly<Record<string, unknown>>): Sql {
  const params: unknown[] = [];
  const text = sql.replaceAll(TOKEN, (token, ...rest) => {
    const { name } = rest.at(-1) as { readonly name?: string };
    if (token === "?") return "??";
    if (name === undefined) return token;
    if (!Object.hasOwn(values, name))
      throw new FieldError(
        `The raw SQL names :${name}, and no value is given for it. Given are: ${Object.keys(values).join(", ")}`,
      );
    params.push(values[name]);
    return "?";
  });
  return { sql: text, params };
}
