export { joinUrl } from "./join.ts";
export { type Decode, quote, quotePlus, unquote, unquotePlus, unquoteToBytes } from "./percent.ts";
export { punycode } from "./punycode.ts";
export { formatQuery, parseQuery } from "./query.ts";
export { type SplitUrl, splitUrl, unsplitUrl } from "./split.ts";
