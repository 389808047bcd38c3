// Every setting that tsgo knows: one table for the compiler, for the check at start and for diffsettings.

import type { Setting } from "../setting.ts";
import { data } from "./data.ts";
import { general } from "./general.ts";
import { http } from "./http.ts";
import { locale } from "./locale.ts";
import { mail } from "./mail.ts";
import { security } from "./security.ts";
import { sessions } from "./sessions.ts";

type Schema = typeof general &
  typeof http &
  typeof security &
  typeof sessions &
  typeof data &
  typeof mail &
  typeof locale;

export const schema: Schema = { ...general, ...http, ...security, ...sessions, ...data, ...mail, ...locale };

/** The settings of tsgo itself, with the types that their kinds have. */
export type BuiltinSettings = { readonly [K in keyof Schema]: Schema[K] extends Setting<infer T> ? T : never };

/** The declaration of a setting, or undefined for a name that tsgo does not know. */
export function declarationOf(name: string): Setting<unknown> | undefined {
  return Object.hasOwn(schema, name) ? (schema as Record<string, Setting<unknown>>)[name] : undefined;
}

/** The names of all settings that tsgo knows. */
export function knownSettings(): string[] {
  return Object.keys(schema);
}
