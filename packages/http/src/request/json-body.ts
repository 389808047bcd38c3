// A JSON body, and what is refused before anything walks through it.

import { BadRequest } from "@tsgo/core/exceptions";

// Far beyond what data needs, and far from where code that calls itself for each level runs out of stack.
const MAX_DEPTH = 500;

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a JSON text.
 *
 * @throws BadRequest for bytes that are no UTF-8, text that is no JSON, and nesting deeper than 500 levels.
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (depthOf(bytes) > MAX_DEPTH) throw new BadRequest(`The JSON body is nested deeper than ${MAX_DEPTH} levels.`);
  try {
    return JSON.parse(utf8.decode(bytes)) as unknown;
  } catch (cause) {
    throw new BadRequest("The request body is no JSON.", { cause });
  }
}

function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (OPENING.has(byte)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.has(byte)) depth -= 1;
  }
  return deepest;
}
