// Every setting of Django with its default.

import { defaultSettings } from "@tsgo/core/conf";

import { type Topic, compare } from "../topic.ts";

interface Expected {
  readonly default: unknown;
}

export const topic: Topic = {
  open() {
    const defaults: Record<string, unknown> = { ...defaultSettings() };
    return ({ id, expect }) => compare(defaults[id], translate((expect as Expected).default));
  },
};

/** What a default of Django's is called in tsgo: references to Python become references to modules. */
function translate(value: unknown): unknown {
  if (typeof value === "string") return translateText(value);
  if (Array.isArray(value)) return value.map(translate);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, translate(entry)]));
}

function translateText(text: string): string {
  if (text.startsWith("[Django]")) return text.replace("Django", "tsgo");
  // Fields of models go by their names alone, as database engines do.
  const field = /^django\.db\.models\.(\w+)$/.exec(text);
  if (field) return field[1] ?? text;
  const reference = /^django\.(?:core\.)?([\w.]+)$/.exec(text);
  return reference ? translateReference((reference[1] ?? "").split(".")) : text;
}

// "contrib.auth.backends.ModelBackend" → "tsgo/contrib/auth/backends:ModelBackend". Only modules end a reference
// in lower case, but for the one function among the defaults.
function translateReference(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  if (!/^[A-Z]/.test(last) && !last.includes("_")) return ["tsgo", ...parts].join("/");
  const name = last.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `${["tsgo", ...parts.slice(0, -1)].join("/")}:${name}`;
}
