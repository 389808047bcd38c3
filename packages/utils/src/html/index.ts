export { conditionalEscape, escape, escapeText } from "./escape.ts";
