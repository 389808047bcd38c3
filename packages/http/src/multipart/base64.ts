// Parts whose data is written in base64.

import { MultiPartParserError } from "../exceptions.ts";

const NOT_ALPHABET = /[^A-Za-z0-9+/=]+/g;

/**
 * Decodes data as it comes; what is not of the alphabet is passed over.
 *
 * @throws MultiPartParserError for data that ends in the middle of a group.
 */
export async function* decodeBase64(data: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let rest = "";
  for await (const chunk of data) {
    const text = rest + chunk.toString("latin1").replaceAll(NOT_ALPHABET, "");
    const whole = text.length - (text.length % 4);
    rest = text.slice(whole);
    const bytes = Buffer.from(text.slice(0, whole), "base64");
    if (bytes.length > 0) yield bytes;
  }
  if (rest !== "") throw new MultiPartParserError("Could not decode base64 data.");
}
