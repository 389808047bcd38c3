import { textForm } from "@tsgo/utils/text-form";

type TextFilter = (text: string, argument: unknown, state: unknown) => unknown;

const textFilters = new WeakMap<object, TextFilter>();

/**
 * Lets a filter that is written for strings be used on anything: it gets the text form of the value.
 * Django: the decorator `stringfilter`.
 *
 * @example
 * register.filter("shout", stringfilter((text) => `${text}!`), { isSafe: true });
 */
export function stringfilter<Rest extends unknown[], R>(
  filter: (text: string, ...rest: Rest) => R,
): (value: unknown, ...rest: Rest) => R {
  const wrapped = (value: unknown, ...rest: Rest): R => filter(textForm(value), ...rest);
  textFilters.set(wrapped, filter as unknown as TextFilter);
  // The number of parameters tells whether a filter takes an argument.
  return Object.defineProperty(wrapped, "length", { value: filter.length });
}

/** The function that `stringfilter` was given, for code that has the text already; undefined for any other filter. */
export function textFilter(filter: object): TextFilter | undefined {
  return textFilters.get(filter);
}
