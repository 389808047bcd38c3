// The JavaScript that a template becomes: constants, functions that read members, and one generator function for the
// template and for each of its blocks. Whatever comes from the template enters the code as JSON, or not at all.

import { isOrdinaryName } from "../runtime/lookup.ts";
import type { Rendering } from "../runtime/settle.ts";
import { runtime } from "./runtime.ts";
import type { Context } from "../context/context.ts";
import type { BlockPlace, CompiledBlock } from "../runtime/blocks.ts";
import type { Node } from "../nodes/node.ts";

/** A compiled template or block. It can be run any number of times. */
export type CompiledFunction = (context: Context, block: BlockPlace | undefined) => Rendering;

const RUNTIME_NAMES = Object.keys(runtime).join(",");

/** Collects the code of one template, and makes functions of it. */
export class ModuleCode {
  readonly #constants: unknown[] = [];
  readonly #members = new Map<string, string>();
  readonly #code: string[] = [];
  readonly #functions: string[] = [];
  readonly #blocks = new Map<Iterable<Node>, { readonly block: CompiledBlock; readonly index: number }>();

  /** The name of a constant with this value. */
  constant(value: unknown): string {
    const known = this.#constants.indexOf(value);
    return `k${known === -1 ? this.#constants.push(value) - 1 : known}`;
  }

  /** The name of a function that reads a member of any value. */
  member(name: string): string {
    const known = this.#members.get(name);
    if (known !== undefined) return known;
    const fn = `m${this.#members.size}`;
    this.#members.set(name, fn);
    this.#code.push(memberFunction(fn, name));
    return fn;
  }

  /** Adds a generator function with this body. Its index is its place in what `instantiate` gives. */
  addFunction(body: string): number {
    const index = this.#functions.length;
    this.#functions.push(`function*(c,b){${body}}`);
    return index;
  }

  /** The block whose nodes these are; it is compiled when it is first asked for. */
  block(nodes: Iterable<Node>, compile: () => { name: string; isSeen: boolean; body: string }): CompiledBlock {
    const known = this.#blocks.get(nodes);
    if (known !== undefined) return known.block;
    const { name, isSeen, body } = compile();
    const block: CompiledBlock = { name, isSeen, run: notYet };
    this.#blocks.set(nodes, { block, index: this.addFunction(body) });
    return block;
  }

  /** The blocks compiled so far. */
  get blocks(): readonly CompiledBlock[] {
    return Array.from(this.#blocks.values(), ({ block }) => block);
  }

  /** The functions, ready to be called. */
  instantiate(): readonly CompiledFunction[] {
    const constants = this.#constants.map((_, index) => `k${index}=k[${index}]`);
    const declarations = constants.length === 0 ? "" : `const ${constants.join(",")};`;
    const code = `"use strict";const {${RUNTIME_NAMES}}=r;${declarations}${this.#code.join("")}return [${this.#functions.join(",")}];`;
    // The only place where code is made: from this file's own text, JSON, and names that the generator counts up.
    // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- compiling is what this engine does
    const make = new Function("r", "k", code) as (r: typeof runtime, k: readonly unknown[]) => CompiledFunction[];
    const functions = make(runtime, this.#constants);
    for (const { block, index } of this.#blocks.values()) block.run = functions[index] ?? notYet;
    return functions;
  }
}

function notYet(): never {
  throw new Error("A block is run before its template is compiled.");
}

// Most members are plain properties of plain data. Reading those in a function of their own name lets the JavaScript
// engine remember where the property lies; everything else goes to `lookup`.
function memberFunction(fn: string, name: string): string {
  const key = JSON.stringify(name);
  if (!isOrdinaryName(name)) return `function ${fn}(o){return L(o,${key})}`;
  return (
    `function ${fn}(o){if(typeof o==="object"&&o!==null&&o.get===undefined){const v=o[${key}];` +
    `if(v!==undefined&&typeof v!=="function"&&OP[${key}]===undefined)return v}return L(o,${key})}`
  );
}
