// How a value looks where a template prints it.

import { escapeText } from "@tsgo/utils/html";
import { isSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { Context } from "../context/context.ts";
import { localizeValue } from "./localize.ts";
import { callFunction } from "./lookup.ts";
import { type Rendered, isPending, settle } from "./settle.ts";

/**
 * What compiled code puts out for a value. Undefined where it must be awaited: the promise of the text then stands in
 * `context.pending`. Most values are there, and so most code has nothing to do with promises.
 */
export function printNow(value: unknown, context: Context, autoescape: boolean): string | undefined {
  const rendered = print(value, context, autoescape);
  if (typeof rendered === "string") return rendered;
  context.pending = rendered;
  return undefined;
}

/** The text that is printed for a value, escaped where `autoescape` says so. Django: `render_value_in_context`. */
export function print(value: unknown, context: Context, autoescape: boolean): Rendered {
  if (typeof value === "string") return autoescape ? escapeText(value) : value;
  if (typeof value === "object") return printObject(value, context, autoescape);
  if (typeof value === "function") return printResult(value, context, autoescape);
  if (typeof value === "boolean") return value ? "true" : "false";
  return value === undefined ? "" : printText(localizeValue(value, context), autoescape);
}

function printResult(value: unknown, context: Context, autoescape: boolean): Rendered {
  const result = callFunction(value);
  return typeof result === "function"
    ? printText(functionName(result), autoescape)
    : print(result, context, autoescape);
}

// A class, or a function that is not to be called: never its source.
function functionName(value: unknown): string {
  return typeof value === "function" ? value.name : "";
}

function printObject(value: object | null, context: Context, autoescape: boolean): Rendered {
  if (value === null) return "";
  if (isSafe(value)) return value.value;
  if (isPending(value)) return printLater(value, context, autoescape);
  const localized = localizeValue(value, context);
  return isSafe(localized) ? localized.value : printText(localized, autoescape);
}

async function printLater(value: object, context: Context, autoescape: boolean): Promise<string> {
  return print(await settle(value), context, autoescape);
}

function printText(value: unknown, autoescape: boolean): string {
  const text = textForm(value);
  return autoescape ? escapeText(text) : text;
}
