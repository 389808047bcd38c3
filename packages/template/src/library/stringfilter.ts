import { textForm } from "@tsgo/utils/text-form";

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
  // The number of parameters tells whether a filter takes an argument.
  return Object.defineProperty(wrapped, "length", { value: filter.length });
}
