/**
 * Takes a script apart into its statements: at semicolons that stand in no text, name, comment, dollar-quoted text or body of
 * a trigger (BEGIN ... END).
 */
export function splitScript(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let depth = 0;
  const token =
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|(\$[A-Za-z_]*\$)[\s\S]*?\1|\bBEGIN\b|\bCASE\b|\bEND\b|;/gi;
  for (const match of script.matchAll(token)) {
    const [text] = match;
    const word = text.toUpperCase();
    const isTrigger = /^\s*CREATE\s+(?:TEMP\s+|TEMPORARY\s+)?TRIGGER\b/i.test(script.slice(start, match.index));
    if ((word === "BEGIN" || word === "CASE") && isTrigger) depth += 1;
    else if (word === "END" && depth > 0) depth -= 1;
    else if (text === ";" && depth === 0) {
      statements.push(script.slice(start, match.index));
      start = match.index + 1;
    }
  }
  statements.push(script.slice(start));
  return statements.map((statement) => statement.trim()).filter((statement) => !isEmpty(statement));
}

function isEmpty(statement: string): boolean {
  return statement.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, "").trim() === "";
}
