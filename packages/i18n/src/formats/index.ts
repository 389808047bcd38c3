export { dateFormat, timeFormat } from "./dates.ts";
export { type FormatOptions, getFormat } from "./get-format.ts";
export { localize, localizeInput } from "./localize.ts";
export { type FormatName, type Formats, prepareFormats } from "./modules.ts";
export { type NumberOptions, numberFormat, sanitizeSeparators } from "./numbers.ts";
