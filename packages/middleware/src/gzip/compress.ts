// The gzip format (RFC 1952) with a file name of random length: a place for bytes that mean nothing.

import { randomBytes, randomInt } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, crc32, createDeflateRaw, deflateRaw } from "node:zlib";

const deflate = promisify(deflateRaw);

const MAGIC = [0x1f, 0x8b];
const METHOD_DEFLATE = 8;
const FLAG_NAME = 8;
const UNKNOWN_SYSTEM = 255;

/** Compresses bytes, in a thread of its own. */
export async function compress(content: Uint8Array, maxRandomBytes: number): Promise<Uint8Array> {
  const body = await deflate(content);
  return Buffer.concat([header(maxRandomBytes), body, trailer(crc32(content), content.byteLength)]);
}

/** Compresses pieces as they come; each is sent on at once, so that a stream stays one. */
export async function* compressStream(
  pieces: AsyncIterable<Uint8Array>,
  maxRandomBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sum = 0;
  let length = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      sum = crc32(piece, sum);
      length += piece.byteLength;
      yield piece;
    }
  }
  yield header(maxRandomBytes);
  const deflater = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH });
  // An error of the source destroys the deflater, and reading from that throws it.
  pipeline(Readable.from(counted(), { objectMode: false }), deflater, () => undefined);
  for await (const piece of deflater) yield piece as Uint8Array;
  yield trailer(sum, length);
}

function header(maxRandomBytes: number): Uint8Array {
  const time = [0, 0, 0, 0];
  const start = Buffer.from([...MAGIC, METHOD_DEFLATE, FLAG_NAME, ...time, 0, UNKNOWN_SYSTEM]);
  // A zero byte ends the name.
  const name = randomBytes(randomInt(maxRandomBytes + 1)).map((byte) => byte || 1);
  return Buffer.concat([start, name, Buffer.from([0])]);
}

function trailer(sum: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(sum, 0);
  bytes.writeUInt32LE(length % 2 ** 32, 4);
  return bytes;
}
