// Header values of the form `value; name=value; name="value"`.

import { unquote } from "../urls/percent.ts";

/**
 * Takes a header apart into its main value, in lower case, and its parameters by lower-case name. Values in the extended
 * form (`name*=utf-8''...`) are decoded. Broken parts never fail. Django: `parse_header_parameters`.
 *
 * @example
 * parseHeaderParameters('text/html; charset="utf-8"'); // ["text/html", Map { "charset" => "utf-8" }]
 */
export function parseHeaderParameters(line: string): [value: string, params: Map<string, string>] {
  const [value = "", ...rest] = splitParameters(line);
  const params = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf("=");
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim().toLowerCase();
    const text = part.slice(equals + 1).trim();
    if (name.endsWith("*")) params.set(name.slice(0, -1), decodeExtended(text));
    else params.set(name, unquoted(text));
  }
  return [value.trim().toLowerCase(), params];
}

// One step through the line: a semicolon within quotes does not separate, and quotes that are never closed reach to the end.
function splitParameters(line: string): string[] {
  if (!line.includes(";")) return [line];
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i];
    if (character === '"' && line[i - 1] !== "\\") quoted = !quoted;
    else if (character === ";" && !quoted) {
      parts.push(line.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(line.slice(start));
  return parts;
}

function unquoted(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replaceAll("\\\\", "\\").replaceAll('\\"', '"');
}

// RFC 8187: character set, language and percent-encoded text between two apostrophes.
function decodeExtended(text: string): string {
  const value = unquoted(text);
  const [charset = "", , encoded, ...more] = value.split("'");
  if (encoded === undefined || more.length > 0) return value;
  try {
    const decoder = new TextDecoder(charset === "" ? "utf-8" : charset);
    return unquote(encoded, (bytes) => decoder.decode(bytes));
  } catch {
    return encoded;
  }
}
