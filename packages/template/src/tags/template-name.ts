// Names of templates as `include` and `extends` have them.

import { posix } from "node:path";

import { isSafe } from "@tsgo/utils/safestring";

import type { Context } from "../context/context.ts";
import type { Engine } from "../engine.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Template } from "../template.ts";

/**
 * Turns a name that begins with `./` or `../` into one from the root. Quotes around it stay; what is no such name
 * comes back as it is. Django: `construct_relative_path`.
 *
 * @throws TemplateSyntaxError where it leads out of the root, or to the template itself.
 */
export function relativeName(current: string | undefined, name: string): string {
  const quote = /^["']/.exec(name)?.[0] ?? "";
  const bare = quote !== "" && name.endsWith(quote) ? name.slice(1, -1) : name;
  if (!bare.startsWith("./") && !bare.startsWith("../")) return name;
  const path = posix.normalize(posix.join(posix.dirname((current ?? "").replace(/^\/+/, "")), bare));
  if (path === ".." || path.startsWith("../")) {
    throw new TemplateSyntaxError(
      `The relative path ${name} leads out of the folders that the template '${current ?? ""}' is in.`,
    );
  }
  if (current !== undefined && path === current.replace(/^\/+/, "")) {
    throw new TemplateSyntaxError(
      `The relative path ${name} leads to '${path}', the very template in which the tag stands.`,
    );
  }
  return `${quote}${path}${quote}`;
}

/** The name that an expression is, where it is nothing but a text in quotes. */
export function constantName(expression: FilterExpression): string | undefined {
  const { literal } = expression.variable;
  return expression.isPlain && isSafe(literal) ? literal.value : undefined;
}

/** The template that a value is, or that it wraps as those of a backend do; undefined for a name. */
export function toTemplate(value: unknown): Template | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isTemplate(value)) return value;
  const { template } = value as { template?: unknown };
  return isTemplate(template) ? template : undefined;
}

function isTemplate(value: unknown): value is Template {
  return typeof value === "object" && value !== null && "renderIn" in value && typeof value.renderIn === "function";
}

/** The engine that renders a context. */
export function engineOf(context: Context): Engine {
  const engine = (context.renderContext.template ?? context.template)?.engine;
  if (engine === undefined) throw new Error("This tag can only be rendered as a part of a template.");
  return engine;
}
