const camelCased = new Map<string, string>();
const MOST_REMEMBERED = 5000;

/**
 * `question_text` in the spelling of JavaScript, `questionText`. Templates written for Django ask for the first, and
 * are answered by the second where only that exists.
 */
export function toCamelCase(name: string): string {
  if (!name.includes("_")) return name;
  const known = camelCased.get(name);
  if (known !== undefined) return known;
  const camelCase = name.replaceAll(/(?<=[^_])_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  // Names can come from data, through dictsort for one, so what is remembered has a limit.
  if (camelCased.size < MOST_REMEMBERED) camelCased.set(name, camelCase);
  return camelCase;
}
