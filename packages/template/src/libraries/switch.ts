import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";

/** Reads a tag whose only argument, if it has one, is `on` or `off`. */
export function parseSwitch(token: Token): boolean {
  const [tag = "", setting = "on", ...more] = token.splitContents();
  if ((setting === "on" || setting === "off") && more.length === 0) return setting === "on";
  throw new TemplateSyntaxError(`The argument of '${tag}' is 'on' or 'off'.`);
}
