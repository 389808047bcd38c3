// Colour for people; none for programs that read the output.

/** Colours a text. */
export type Paint = (text: string) => string;

const CODES = {
  error: "31;1",
  success: "32;1",
  warning: "33;1",
  notice: "31",
  sqlField: "32;1",
  sqlColtype: "32",
  sqlKeyword: "33",
  sqlTable: "1",
  httpInfo: "1",
  httpSuccess: "",
  httpRedirect: "32",
  httpNotModified: "36",
  httpBadRequest: "31;1",
  httpNotFound: "33",
  httpServerError: "35;1",
  migrateHeading: "36;1",
  migrateLabel: "1",
} as const;

/** What a text may be coloured as: Django's roles in camelCase. */
export type Role = keyof typeof CODES;

/** A colouring function for each role. */
export type Style = Readonly<Record<Role, Paint>>;

const RESET = "\u001B[0m";

/** Colours by role. */
export const colorStyle: Style = styleOf((code, text) => (code === "" ? text : `\u001B[${code}m${text}${RESET}`));

/** Leaves every text as it is. */
export const noStyle: Style = styleOf((_code, text) => text);

function styleOf(paint: (code: string, text: string) => string): Style {
  const entries = Object.entries(CODES).map(([role, code]) => [role, (text: string) => paint(code, text)] as const);
  return Object.fromEntries(entries) as Record<Role, Paint>;
}

/**
 * Whether a stream shows colours: a terminal, unless NO_COLOR is set or TERM is `dumb`; FORCE_COLOR decides for
 * everything else.
 */
export function supportsColor(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}
