// Reads a route: `articles/<int:year>/`.

import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

import { type AnyConverter, getConverters } from "../converters.ts";

/** A parameter of a route. */
export interface RouteParameter {
  readonly name: string;
  readonly converter: AnyConverter;
}

/** Text and parameters in turn. */
export type RoutePart = string | RouteParameter;

const PARAMETER = /<(?:([^>:]+):)?([^>]+)>/g;
const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/**
 * Splits a route into its parts. What merely resembles a parameter (`<int:x` or `<>`) is text.
 *
 * @throws ImproperlyConfigured for a parameter that cannot be.
 */
export function parseRoute(route: string): RoutePart[] {
  const parts: RoutePart[] = [];
  const names = new Set<string>();
  let end = 0;
  for (const found of route.matchAll(PARAMETER)) {
    if (found.index > end) parts.push(route.slice(end, found.index));
    const parameter = readParameter(route, found);
    if (names.has(parameter.name)) {
      throw new ImproperlyConfigured(`URL route '${route}' uses parameter name '${parameter.name}' more than once.`);
    }
    names.add(parameter.name);
    parts.push(parameter);
    end = found.index + found[0].length;
  }
  if (end < route.length) parts.push(route.slice(end));
  return parts;
}

function readParameter(route: string, [written, converterName = "str", name = ""]: RegExpExecArray): RouteParameter {
  if (/[ \t\n\r\v\f]/.test(written)) {
    throw new ImproperlyConfigured(`URL route '${route}' has white space in '${written}'. Take it out.`);
  }
  // An object cannot have a key of its own called __proto__ by assignment.
  if (!IDENTIFIER.test(name) || name === "__proto__") {
    throw new ImproperlyConfigured(`URL route '${route}' uses parameter name '${name}', which is not an identifier.`);
  }
  const converters = getConverters();
  const converter = converters.get(converterName);
  if (converter === undefined) {
    throw new ImproperlyConfigured(
      `URL route '${route}' uses converter '${converterName}', which is not registered.` +
        `${didYouMean(converterName, converters.keys())} Register it with registerConverter() before the route.`,
    );
  }
  return { name, converter };
}
