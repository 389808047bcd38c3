// The REGEXP operator of SQLite, which is ours to provide.

/** How many compiled patterns are kept. */
const KEPT = 200;

const compiled = new Map<string, RegExp>();

/** Whether a text matches a pattern anywhere. `(?i)` at its beginning makes it blind to case. */
export function regexpMatch(pattern: string, text: string): boolean {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    regex = compile(pattern);
    if (compiled.size >= KEPT) compiled.clear();
    compiled.set(pattern, regex);
  }
  return regex.test(text);
}

function compile(pattern: string): RegExp {
  const ignoreCase = pattern.startsWith("(?i)");
  const source = ignoreCase ? pattern.slice(4) : pattern;
  try {
    return new RegExp(source, ignoreCase ? "iu" : "u");
  } catch {
    // Escapes that the strict syntax refuses (`\-`) are fine in others.
    return new RegExp(source, ignoreCase ? "i" : "");
  }
}
