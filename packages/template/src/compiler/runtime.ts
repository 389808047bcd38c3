// What compiled code calls, under the short names that it uses.

import { escapeText } from "@tsgo/utils/html";
import { markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import { VariableDoesNotExist } from "../errors.ts";
import { BlockHandle, renderBlock, superBlock } from "../runtime/blocks.ts";
import { compareValues, contains, equals, isIdentical } from "../runtime/compare.ts";
import { ForLoop } from "../runtime/for-loop.ts";
import { loopState } from "../runtime/loop-state.ts";
import { toItems, unpack } from "../runtime/iterate.ts";
import { toLocaltime } from "../runtime/localize.ts";
import { callFunction } from "../runtime/lookup.ts";
import { printNow } from "../runtime/print.ts";
import { renderNode } from "../runtime/render-node.ts";
import { isPending, run, settle } from "../runtime/settle.ts";
import { translateLiteral } from "../runtime/translate-literal.ts";
import { isTruthy } from "../runtime/truth.ts";
import { blame } from "./blame.ts";
import { filterState, keepSafe } from "./filter-code.ts";

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
  FS: filterState,
  I: toItems,
  IN: (item: unknown, container: unknown) => contains(container, item),
  IS: isIdentical,
  KS: keepSafe,
  LT: toLocaltime,
  MISSING: (name: string): never => {
    throw new VariableDoesNotExist(name);
  },
  N: renderNode,
  P: printNow,
  RUN: run,
  SAFE: markSafe,
  STATE: loopState,
  SUPER: superBlock,
  T: isTruthy,
  TR: translateLiteral,
  U: unpack,
  V: settle,
  W: isPending,
  X: textForm,
} as const;
