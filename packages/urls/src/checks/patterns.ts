import { type CheckMessage, Warning } from "@tsgo/core/checks";
import { settings } from "@tsgo/core/conf";
import { mayBacktrackExponentially, parseRegex } from "@tsgo/utils/regex";

import { RegexPattern } from "../patterns/regex-pattern.ts";
import { RoutePattern } from "../patterns/route-pattern.ts";
import { ENTRY, type UrlEntry } from "../resolver/entry.ts";
import { rootResolver, walk } from "./tree.ts";

type PatternCheck = (entry: UrlEntry) => CheckMessage | undefined;

const patternChecks: readonly PatternCheck[] = [
  checkIncludeEnd,
  checkStart,
  checkName,
  checkRouteIsNoRegex,
  checkBacktracking,
];

/** Looks at each pattern by itself. */
export async function checkPatterns(): Promise<CheckMessage[]> {
  const root = await rootResolver();
  if (root === undefined) return [];
  return [...walk(root)].flatMap((entry) => patternChecks.flatMap((check) => check(entry) ?? []));
}

function checkIncludeEnd(entry: UrlEntry): CheckMessage | undefined {
  const text = entry.pattern.toString();
  const isEnded = entry.pattern instanceof RegexPattern && text.endsWith("$") && !text.endsWith("\\$");
  if (entry[ENTRY] === "pattern" || !isEnded) return undefined;
  return new Warning(
    `The URL pattern ${entry.toString()} includes others, but ends in a '$' that nothing can follow.`,
    {
      hint: "Take the '$' out.",
      id: "urls.W001",
    },
  );
}

function checkStart(entry: UrlEntry): CheckMessage | undefined {
  const text = entry.pattern.toString();
  if (!settings.APPEND_SLASH || !/^\^?\\?\//.test(text) || text.endsWith("/")) return undefined;
  return new Warning(`The URL pattern ${entry.toString()} begins with a '/', which paths do not have there.`, {
    hint: "Take the slash out. Where the pattern is included, the pattern of the include should end in one.",
    id: "urls.W002",
  });
}

function checkName(entry: UrlEntry): CheckMessage | undefined {
  if (entry[ENTRY] === "resolver" || entry.name?.includes(":") !== true) return undefined;
  return new Warning(`The name of the URL pattern ${entry.toString()} has a ':' in it, which separates namespaces.`, {
    hint: "Take the colon out, or reverse() will not find it.",
    id: "urls.W003",
  });
}

function checkRouteIsNoRegex(entry: UrlEntry): CheckMessage | undefined {
  const text = entry.pattern.toString();
  if (!(entry.pattern instanceof RoutePattern)) return undefined;
  if (!text.includes("(?P<") && !text.startsWith("^") && !text.endsWith("$")) return undefined;
  return new Warning(`The route ${entry.toString()} looks like a regular expression: path() takes it literally.`, {
    hint: "Use rePath(), or write its parameters in angle brackets.",
    id: "2_0.W001",
  });
}

function checkBacktracking(entry: UrlEntry): CheckMessage | undefined {
  const { pattern } = entry;
  const expressions =
    pattern instanceof RegexPattern ? [pattern.regex] : [...pattern.converters.values()].map(({ regex }) => regex);
  const slow = expressions.find((regex) => mayBacktrackExponentially(parseRegex(regex)));
  if (slow === undefined) return undefined;
  return new Warning(
    `The expression '${slow}' of the URL pattern ${entry.toString()} may take for ever on some paths.`,
    {
      hint: "Where one repetition stands in another, let it be told where a round of the outer one ends.",
      id: "urls.W101",
    },
  );
}
