export { httpDate, parseHttpDate, parseHttpDateSafe } from "./dates.ts";
export { parseEtags, quoteEtag } from "./etags.ts";
export { parseHeaderParameters } from "./header-parameters.ts";
export { type AllowedHosts, escapeLeadingSlashes, isSameDomain, urlHasAllowedHostAndScheme } from "./hosts.ts";
export { base36ToInt, intToBase36, urlsafeBase64Decode, urlsafeBase64Encode } from "./numbers.ts";
export { type UrlencodeInput, urlencode } from "./urlencode.ts";
