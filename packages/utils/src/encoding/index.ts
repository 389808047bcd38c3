export { repercentBrokenUnicode } from "./repercent.ts";
export { escapeUriPath, filepathToUri, iriToUri, uriToIri } from "./uris.ts";
