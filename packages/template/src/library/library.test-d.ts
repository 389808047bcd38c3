// What the compiler must say of filters and tags.

import type { Context } from "../context/context.ts";
import { Library } from "./library.ts";

const register = new Library();

register.filter("plain", (value: string) => value);
register.filter("with_argument", (value: string, argument: number) => value.repeat(argument));
register.filter("optional", (value: string, argument?: number) => value.repeat(argument ?? 1), {
  argument: "optional",
});

// @ts-expect-error -- a parameter that can be left out has to be said to be optional
register.filter("forgotten", (value: string, argument?: number) => value.repeat(argument ?? 1));

// @ts-expect-error -- there is no such flag
register.filter("mistyped", (value: string) => value, { is_safe: true });

register.simpleTag("context", (context: Context, name: string) => context.get(name), { takesContext: true });

// @ts-expect-error -- names are a list
register.simpleTag("names", (name: string) => name, { parameters: "name" });
