// IRIs, which people read, and URIs, which go over the wire.

import { quote } from "../urls/percent.ts";
import { repercentBrokenUnicode } from "./repercent.ts";

// What RFC 3986 reserves, the tilde, and the percent sign of escapes that are there already.
const IRI_SAFE = "/#%[]=:;$&()+,!?*@'~";
const PATH_SAFE = "/:@&+$,~*'()!";
const FILE_SAFE = "/~!*()'";
const PERCENT = 0x25;
// Upper case lies 16 places behind lower case, but for digits, which stand twice.
const HEX = "0123456789abcdef0123456789ABCDEF";
/** Characters that mean nothing special in a URI, whether escaped or not. */
const UNRESERVED: ReadonlySet<number> = new Set(
  Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"),
);
const NOTHING_TO_QUOTE = /^[\w.~/#%[\]=:;$&()+,!?*@'-]*$/;
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
  if (uri === null || !uri.includes("%")) return uri;
  const bytes = unescapeReadable(new TextEncoder().encode(uri));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(repercentBrokenUnicode(bytes));
}

// Works in place: what an escape stands for is never longer than the escape.
function unescapeReadable(bytes: Uint8Array): Uint8Array {
  let end = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const escaped = bytes[at] === PERCENT ? hexPair(bytes[at + 1], bytes[at + 2]) : -1;
    const isDecoded = escaped > 0x7f || (escaped >= 0 && UNRESERVED.has(escaped));
    bytes[end] = isDecoded ? escaped : (bytes[at] ?? 0);
    end += 1;
    if (isDecoded) at += 2;
  }
  return bytes.subarray(0, end);
}

function hexPair(high: number | undefined, low: number | undefined): number {
  const [a, b] = [HEX.indexOf(String.fromCharCode(high ?? 0)), HEX.indexOf(String.fromCharCode(low ?? 0))];
  return a === -1 || b === -1 ? -1 : (a % 16) * 16 + (b % 16);
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
