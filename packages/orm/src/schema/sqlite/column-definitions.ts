// What the text of CREATE TABLE says about columns, and no pragma tells.

/** Parts of a column's definition. */
export interface ColumnDefinition {
  readonly collation: string | null;
  /** What a generated column is computed from. */
  readonly expression: string | null;
  /** There is a check that it holds JSON, as Django makes one. */
  readonly json: boolean;
}

/** A name or text in quotes, a word, a comment, or any other character. */
const TOKEN =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|[\w$\u0080-\uFFFF]+|[^\s]/g;

/** The definitions of a table's columns, by name. */
export function columnDefinitions(sql: string): ReadonlyMap<string, ColumnDefinition> {
  const tokens = [...sql.matchAll(TOKEN)].map(([token]) => token).filter((token) => !/^(?:--|\/\*)/.test(token));
  const definitions = new Map<string, ColumnDefinition>();
  for (const item of itemsOf(tokens)) {
    const [name] = item;
    if (name !== undefined) definitions.set(unquoted(name), definitionOf(item));
  }
  return definitions;
}

/** What stands between the outermost commas of the outermost parentheses. */
function itemsOf(tokens: readonly string[]): string[][] {
  const items: string[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token === ")") depth -= 1;
    if (depth === 1 && (items.length === 0 || token === ",")) items.push([]);
    if (depth > 1 || (depth === 1 && token !== ",")) items.at(-1)?.push(token);
    if (token === "(") depth += 1;
  }
  return items;
}

function definitionOf(tokens: readonly string[]): ColumnDefinition {
  const [name = ""] = tokens;
  const outer = outermost(tokens);
  const collate = outer.findIndex(({ token }) => token.toUpperCase() === "COLLATE");
  const as = outer.find(({ token, at }) => token.toUpperCase() === "AS" && tokens[at + 1] === "(");
  const checked = tokens.findIndex((token) => token.toUpperCase() === "JSON_VALID");
  return {
    collation: collate < 0 ? null : unquoted(outer[collate + 1]?.token ?? ""),
    expression: as === undefined ? null : parenthesized(tokens, as.at + 1),
    json: checked >= 0 && unquoted(tokens[checked + 2] ?? "") === unquoted(name),
  };
}

function outermost(tokens: readonly string[]): { readonly token: string; readonly at: number }[] {
  let depth = 0;
  return tokens.flatMap((token, at) => {
    if (token === ")") depth -= 1;
    const here = depth === 0 ? [{ token, at }] : [];
    if (token === "(") depth += 1;
    return here;
  });
}

/** The tokens between a parenthesis and the one that closes it. */
function parenthesized(tokens: readonly string[], start: number): string {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    if (tokens[at] === "(") depth += 1;
    if (tokens[at] === ")") depth -= 1;
    if (depth === 0) return tokens.slice(start + 1, at).join(" ");
  }
  return "";
}

function unquoted(name: string): string {
  const quote = name.slice(0, 1);
  if (quote === "[") return name.slice(1, -1);
  return ['"', "'", "`"].includes(quote) ? name.slice(1, -1).replaceAll(quote + quote, quote) : name;
}
