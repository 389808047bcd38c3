// The Cookie header of a request.

/**
 * The cookies of a `Cookie` header by their names, split where browsers split. The last one of a name counts. Django:
 * `parse_cookie`.
 *
 * The object has no prototype: a cookie may be called `__proto__`.
 *
 * @example
 * parseCookie("language=de; theme=dark"); // { language: "de", theme: "dark" }
 */
export function parseCookie(header: string): Record<string, string> {
  const cookies = Object.create(null) as Record<string, string>;
  for (const chunk of header.split(";")) {
    const equals = chunk.indexOf("=");
    const name = equals < 0 ? "" : chunk.slice(0, equals).trim();
    const value = chunk.slice(equals + 1).trim();
    if (name !== "" || value !== "") cookies[name] = unquote(value);
  }
  return cookies;
}

const ESCAPE = /\\(?:([0-3][0-7][0-7])|(.))/g;

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value
    .slice(1, -1)
    .replaceAll(ESCAPE, (_, octal: string | undefined, character: string) =>
      octal === undefined ? character : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
