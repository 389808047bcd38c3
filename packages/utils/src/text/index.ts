export { codePointLength, firstCodePoints } from "./characters.ts";
export { getValidFilename } from "./filenames.ts";
export { normalizeNewlines } from "./newlines.ts";
export { type SlugifyOptions, slugify } from "./slugify.ts";
export { smartSplit, unescapeStringLiteral } from "./smart-split.ts";
export { type TruncateOptions, Truncator } from "./truncator.ts";
export { splitWords, strip } from "./whitespace.ts";
export { camelCaseToSpaces, capfirst, getTextList, phone2numeric } from "./words.ts";
export { wrap } from "./wrap.ts";
