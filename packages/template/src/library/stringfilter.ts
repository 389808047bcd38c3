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
  // One by one, since collecting the parameters in a list costs more than most filters do: there are two at most.
  const call = filter as unknown as (text: string, argument: unknown, state: unknown) => R;
  const wrapped = (value: unknown, argument?: unknown, state?: unknown): R => call(textForm(value), argument, state);
  // The number of parameters tells whether a filter takes an argument.
  return Object.defineProperty(wrapped, "length", { value: filter.length }) as unknown as (
    value: unknown,
    ...rest: Rest
  ) => R;
}
