// What compiled code calls, under the short names that it uses.

import { escapeText } from "@tsgo/utils/html";
import { markSafe } from "@tsgo/utils/safestring";

import { VariableDoesNotExist } from "../errors.ts";
import { BlockHandle, renderBlock, superBlock } from "../runtime/blocks.ts";
import { compareValues, contains, equals, isIdentical } from "../runtime/compare.ts";
import { ForLoop } from "../runtime/for-loop.ts";
import { loopState } from "../runtime/loop-state.ts";
import { toItems, unpack } from "../runtime/iterate.ts";
import { callFunction, lookup } from "../runtime/lookup.ts";
import { print } from "../runtime/print.ts";
import { renderNode } from "../runtime/render-node.ts";
import { isSettled, run, settle } from "../runtime/settle.ts";
import { translateLiteral } from "../runtime/translate-literal.ts";
import { isTruthy } from "../runtime/truth.ts";
import { blame } from "./blame.ts";

/** The names of the functions in compiled code. */
export const runtime = {
  /** Tells where an error arose. */
  BL: blame,
  /** The variable `block`. */
  BLOCK: (...args: ConstructorParameters<typeof BlockHandle>) => new BlockHandle(...args),
  BK: renderBlock,
  /** The value of a function. */
  C: callFunction,
  CMP: compareValues,
  E: escapeText,
  EQ: equals,
  FALSE: (error: unknown): false => {
    if (error instanceof VariableDoesNotExist) return false;
    throw error;
  },
  FL: (length: number, parent: unknown) => new ForLoop(length, parent),
  I: toItems,
  IN: (item: unknown, container: unknown) => contains(container, item),
  IS: isIdentical,
  L: lookup,
  MISSING: (name: string): never => {
    throw new VariableDoesNotExist(name);
  },
  N: renderNode,
  OP: Object.prototype,
  P: print,
  RUN: run,
  S: isSettled,
  SAFE: markSafe,
  STATE: loopState,
  SUPER: superBlock,
  T: isTruthy,
  TR: translateLiteral,
  U: unpack,
  V: settle,
} as const;
