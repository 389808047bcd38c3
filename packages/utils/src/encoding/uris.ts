// IRIs, which people read, and URIs, which go over the wire.

import { quote } from "../urls/percent.ts";
import { repercentBrokenUnicode } from "./repercent.ts";

// What RFC 3986 reserves, the tilde, and the percent sign of escapes that are there already.
const IRI_SAFE = "/#%[]=:;$&()+,!?*@'~";
const PATH_SAFE = "/:@&+$,~*'()!";
const FILE_SAFE = "/~!*()'";
const NOTHING_TO_QUOTE = /^[\w.~/#%[\]=:;$&()+,!?*@'-]*$/;
/** Escapes of characters that mean nothing special in a URI, and of bytes beyond ASCII. */
const READABLE = /%(?:2[de]|3\d|4[1-9a-f]|5[\da]|5f|6[1-9a-f]|7[\dae]|[89a-f][\da-f])/gi;

/**
 * Percent-encodes what is not ASCII in an IRI, and nothing that is encoded already. Null stays null. Django:
 * `iri_to_uri`.
 *
 * @example
 * iriToUri("/I ♥ Django/"); // "/I%20%E2%99%A5%20Django/"
 */
export function iriToUri<T extends string | null>(iri: T): T extends null ? null : string;
export function iriToUri(iri: string | null): string | null {
  return iri === null || NOTHING_TO_QUOTE.test(iri) ? iri : quote(iri, IRI_SAFE);
}

/**
 * Decodes the escapes in a URI that are only there for transport. Those of reserved characters stay, and so does what
 * is no UTF-8. Null stays null. Django: `uri_to_iri`.
 *
 * @example
 * uriToIri("/%E2%99%A5/?a=b%26c"); // "/♥/?a=b%26c"
 */
export function uriToIri<T extends string | null>(uri: T): T extends null ? null : string;
export function uriToIri(uri: string | null): string | null {
  if (uri === null) return null;
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let copied = 0;
  for (const match of uri.matchAll(READABLE)) {
    pieces.push(encoder.encode(uri.slice(copied, match.index)), Uint8Array.of(Number.parseInt(match[0].slice(1), 16)));
    copied = match.index + match[0].length;
  }
  if (copied === 0) return uri;
  pieces.push(encoder.encode(uri.slice(copied)));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(repercentBrokenUnicode(Buffer.concat(pieces)));
}

/** Percent-encodes the path of a URI: `?`, `#`, `%` and the like in it are characters of a name. Django: `escape_uri_path`. */
export function escapeUriPath(path: string): string {
  return quote(path, PATH_SAFE);
}

/** The URI of a file by its path, backslashes turned into slashes. Null stays null. Django: `filepath_to_uri`. */
export function filepathToUri<T extends string | null>(path: T): T extends null ? null : string;
export function filepathToUri(path: string | null): string | null {
  return path === null ? null : quote(path.replaceAll("\\", "/"), FILE_SAFE);
}
