// Writes the body of one generated function. Nodes tell it what to put out; it knows where values are found.

import type { Context } from "../context/context.ts";
import type { Node } from "../nodes/node.ts";
import type { TemplateSource } from "../debug.ts";
import type { FilterCall, FilterExpression } from "../parser/filter-expression.ts";
import { type Variable, plainText } from "../parser/variable.ts";
import { assignedNames, contextUse } from "./context-use.ts";
import { filterCode } from "./filter-code.ts";
import { forloopMember } from "./forloop-member.ts";
import { callOnly } from "./call-only.ts";
import { type CompiledFunction, declarations, makeFunction } from "./function-code.ts";
import type { Rendered } from "../runtime/settle.ts";
import { memberFunction } from "./member-function.ts";
import { type Binding, Scope } from "./scope.ts";

/** What differs between engines and shows in the code. */
export interface GeneratorOptions {
  /** What is put out for a variable that does not exist; `%s` in it stands for the variable. */
  readonly stringIfInvalid: string;
  /** The template whose nodes these are, to tell where an error arose. */
  readonly template: TemplateSource | undefined;
  /** Whether this is the body of a block. */
  readonly isBlock?: boolean;
}

/** Puts something out, as it is. */
export type ContextRenderer = (context: Context) => Rendered;

/** Variables that tags set for what is inside of them. */
export interface Layer {
  /**
   * Makes a name of this layer. The function that comes back writes code that gives it the value of a JavaScript
   * expression.
   */
  declare(name: string): (js: string) => void;
  /** Makes `forloop` a name of this layer: the variables that hold the index and the number of items. */
  declareForloop(index: string, length: string): void;
}

/** Where names that only the context knows are looked up once for all code behind that place. */
interface Region {
  readonly slot: number;
  readonly names: Map<string, string>;
}

const CONSTANT_NAMES: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
]);

/**
 * Writes the code of a template or block. A node's `compile` gets it.
 *
 * In the code, `c` is the context, `a` tells whether to escape, `t` is free for any expression to use at once.
 */
export class Generator {
  readonly #options: GeneratorOptions;
  readonly #chunks: string[] = [];
  readonly #locals: string[] = [];
  readonly #constants = new Map<unknown, string>();
  // A function that puts out all that there is, where one does.
  #call: { readonly render: ContextRenderer; readonly position: number } | undefined;
  #scope: Scope;
  readonly #regions: Region[] = [];
  readonly #loops: { readonly slot: number; state: string | undefined }[] = [];
  #text = "";
  #out = "o";
  #autoescape = "a";
  #position = -1;
  #written = -1;
  #counter = 0;

  constructor(nodes: Iterable<Node>, options: GeneratorOptions) {
    this.#options = options;
    this.#scope = new Scope(undefined, "c", contextUse(nodes) === "writes");
    if (!this.#scope.isOpen) this.#openRegion();
    this.#bindAssigned(nodes);
    this.nodes(nodes);
  }

  /** What was compiled, as a function. */
  toFunction(): CompiledFunction {
    const simple = this.#simpleFunction();
    if (simple !== undefined) return simple;
    this.#flush();
    this.#fillRegions();
    const template = this.constant(this.#options.template);
    const locals = ['o=""', "n=0", "t", "a=c.autoescape", ...this.#locals].join(",");
    const body = `let ${locals};try{${this.#chunks.join("")}return o}catch(e){throw r.BL(e,${template},n)}`;
    const constants = [...this.#constants.keys()];
    return makeFunction({ code: declarations(body, constants) + body, constants });
  }

  // Text alone, or a single call, needs no code.
  #simpleFunction(): CompiledFunction | undefined {
    const written = this.#chunks.some((chunk) => chunk !== "");
    const text = this.#text;
    if (this.#call !== undefined) {
      const { render, position } = this.#call;
      return text === "" ? callOnly(render, this.#options.template, position) : undefined;
    }
    return written ? undefined : () => text;
  }

  /** Puts out text of the template. */
  text(text: string): void {
    this.#text += text;
  }

  /** Adds a statement, which must end with a semicolon or a brace. */
  statement(js: string): void {
    this.#flush();
    this.#call = undefined;
    if (this.#written !== this.#position) {
      this.#written = this.#position;
      this.#chunks.push(`n=${this.#position};`);
    }
    this.#chunks.push(js);
  }

  /** Puts out the text that an expression gives; nothing is escaped. */
  write(js: string): void {
    this.statement(`${this.#out}+=${js};`);
  }

  /** Puts out what an expression gives: text, or a promise of it. Nothing is escaped. */
  writeRendered(js: string): void {
    this.write(`typeof(t=${js})==="string"?t:yield t`);
  }

  /** Puts out what a function gives, text or a promise of it. Nothing is escaped. */
  writeCall(render: ContextRenderer): void {
    const isFirst = this.#text === "" && this.#chunks.every((chunk) => chunk === "");
    this.writeRendered(`${this.constant(render)}(c)`);
    if (isFirst) this.#call = { render, position: this.#position };
  }

  /** Puts out an expression of the template, escaped as the place asks for. */
  print(expression: FilterExpression): void {
    this.printValue(this.#unsettled(expression));
  }

  /** Puts out the value of a JavaScript expression, escaped as the place asks for. */
  printValue(js: string): void {
    this.write(`P(${js},c,${this.#autoescape})??(yield c.pending)`);
  }

  /** An expression for the text in a variable, escaped as the place asks for. */
  escaped(js: string): string {
    if (this.#autoescape === "true") return `E(${js})`;
    return this.#autoescape === "false" ? js : `(a?E(${js}):${js})`;
  }

  /** What this is compiled with, for parts that are compiled by themselves. */
  get options(): GeneratorOptions {
    return this.#options;
  }

  /** An expression for whether values are escaped here. */
  get autoescape(): string {
    return this.#autoescape;
  }

  /** The name of a fresh variable. */
  temp(prefix = "x"): string {
    this.#counter += 1;
    const name = `${prefix}${this.#counter}`;
    this.#locals.push(name);
    return name;
  }

  /** The name of a constant: an object that the code needs as it is. */
  constant(value: unknown): string {
    const known = this.#constants.get(value);
    if (known !== undefined) return known;
    const name = `k${this.#constants.size}`;
    this.#constants.set(value, name);
    return name;
  }

  /** Compiles nodes. */
  nodes(nodes: Iterable<Node>): void {
    for (const node of nodes) this.#node(node);
  }

  #node(node: Node): void {
    if (node.token !== undefined && !node.isText) this.#position = node.token.start;
    if (node.compile === undefined) this.writeRendered(`N(${this.constant(node)},c)`);
    else node.compile(this);
  }

  /** Compiles what `write` writes so that its output goes into the variable that comes back. */
  capture(write: () => void): string {
    this.#flush();
    const out = this.#out;
    const captured = this.temp("o");
    this.statement(`${captured}="";`);
    this.#out = captured;
    write();
    this.#flush();
    this.#out = out;
    return captured;
  }

  /** Compiles code of which it is not certain that it runs: a branch, the body of a loop. */
  branch(head: string, write: () => void): void {
    this.statement(`${head}{`);
    write();
    this.#flush();
    this.#chunks.push("}");
    this.#written = -1;
  }

  /** Compiles what runs where the branch just written does not. */
  otherwise(write: () => void): void {
    this.#chunks.push("else{");
    write();
    this.#flush();
    this.#chunks.push("}");
    this.#written = -1;
  }

  /** Compiles the head and body of a loop. What `write` writes may ask for `loopState`. */
  loop(head: string, write: () => void): void {
    this.#flush();
    const loop = { slot: this.#chunks.push("") - 1, state: undefined as string | undefined };
    this.#loops.push(loop);
    this.branch(head, write);
    this.#loops.pop();
    if (loop.state !== undefined) this.#chunks[loop.slot] = `${loop.state}=new Map();`;
  }

  /** An expression for a Map that lives as long as the innermost loop, or outside of loops as the rendering. */
  loopState(): string {
    const loop = this.#loops.at(-1);
    if (loop === undefined) return "STATE(c)";
    loop.state ??= this.temp("q");
    return loop.state;
  }

  /** Compiles what `write` writes as a function of its own; gives the expression that runs it, for its text. */
  inner(write: () => void): string {
    this.#flush();
    const name = this.temp("f");
    const out = this.#out;
    this.#out = "o";
    this.statement(`${name}=function*(){let o="";`);
    write();
    this.#flush();
    this.#chunks.push("return o};");
    this.#out = out;
    return `RUN(${name}())`;
  }

  /** Compiles what `write` writes with escaping turned on or off. */
  withAutoescape(on: boolean, nodes: Iterable<Node>): void {
    const outer = this.#autoescape;
    const isSeen = this.#options.isBlock === true || contextUse(nodes) !== "none";
    if (isSeen) this.statement(`c.autoescape=${on};`);
    this.#autoescape = String(on);
    this.nodes(nodes);
    this.#autoescape = outer;
    if (isSeen) this.statement(`c.autoescape=${outer};`);
  }

  /** Compiles nodes with another value of an option of the context. */
  withContextOption(option: "useL10n" | "useTz", js: string, nodes: Iterable<Node>): void {
    const outer = this.temp();
    this.statement(`${outer}=c.${option};c.${option}=${js};`);
    this.nodes(nodes);
    this.statement(`c.${option}=${outer};`);
  }

  /** Compiles nodes in a layer of their own; `write` declares its names and compiles them. */
  layer(nodes: Iterable<Node>, write: (layer: Layer) => void): void {
    const use = contextUse(nodes);
    const variable = use === "none" ? undefined : this.temp("y");
    this.statement("{");
    if (variable !== undefined) this.statement(`${variable}=c.push();`);
    const outer = this.#scope;
    const scope = new Scope(outer, variable, use === "writes");
    const opensRegion = outer.isOpen && !scope.isOpen;
    if (opensRegion) this.#openRegion();
    const assigned = this.#outerValues(nodes, scope);
    this.#scope = scope;
    for (const [name, js] of assigned) this.#bindLocal(name, js);
    write(this.#layerOf(scope));
    this.#flush();
    this.#scope = outer;
    if (opensRegion) this.#closeRegion();
    this.statement(variable === undefined ? "}" : "c.pop();}");
  }

  #layerOf(scope: Scope): Layer {
    return {
      declare: (name) => {
        const local = scope.isOpen ? undefined : this.temp("l");
        if (local !== undefined) scope.bind(name, { kind: "local", js: local });
        return (js) => {
          this.statement(this.#assignment(local, scope.layer, name, js));
        };
      },
      declareForloop: (index, length) => {
        if (!scope.isOpen)
          scope.bind("forloop", { kind: "forloop", index, length, parent: scope.parent?.find("forloop") });
        if (scope.layer === undefined) return;
        const parent = this.#rootValue("forloop", scope.parent);
        this.statement(`${scope.layer}.forloop=FL(${length},${parent});`);
      },
    };
  }

  /** Writes the code that moves the `forloop` which other code sees to an index. */
  advanceForloop(index: string): void {
    if (this.#scope.layer !== undefined) this.statement(`${this.#scope.layer}.forloop.at(${index});`);
  }

  #assignment(local: string | undefined, layer: string | undefined, name: string, js: string): string {
    const value = local === undefined ? js : `${local}=${js}`;
    if (layer === undefined) return `${value};`;
    const key = JSON.stringify(name);
    return layer === "c" ? `c.set(${key},${value});` : `${layer}[${key}]=${value};`;
  }

  /** Sets a variable, one of those that the node has in `assigns`, to the value of a JavaScript expression. */
  assign(name: string, js: string): void {
    const binding = this.#scope.find(name);
    const local = binding?.kind === "local" ? binding.js : undefined;
    this.statement(this.#assignment(local, this.#scope.layer, name, js));
  }

  // What is set somewhere inside has, until then, the value that it has outside.
  #outerValues(nodes: Iterable<Node>, scope: Scope): [string, string][] {
    return scope.isOpen ? [] : [...assignedNames(nodes)].map((name) => [name, this.#rootValue(name, this.#scope)]);
  }

  #bindAssigned(nodes: Iterable<Node>): void {
    for (const [name, js] of this.#outerValues(nodes, this.#scope)) this.#bindLocal(name, js);
  }

  #bindLocal(name: string, js: string): void {
    const local = this.temp("l");
    this.statement(`${local}=${js};`);
    this.#scope.bind(name, { kind: "local", js: local });
  }

  /** An expression for a value; null or undefined where a variable does not exist. For tags that test values. */
  valueOrNull(expression: FilterExpression): string {
    return this.settled(expression.isPlain ? this.#variable(expression.variable) : this.#filtered(expression, "null"));
  }

  /**
   * An expression for a value that is there; what `stringIfInvalid` says where a variable does not exist.
   *
   * @param change Writes what becomes of the value of the variable before filters get it.
   */
  value(expression: FilterExpression, change?: (js: string) => string): string {
    if (!expression.isPlain || change !== undefined) {
      return this.settled(this.#filtered(expression, this.#invalid(expression), change));
    }
    const { literal } = expression.variable;
    const js = this.settled(this.#variable(expression.variable));
    return literal === undefined ? `((t=${js})===undefined?${this.#invalid(expression)}:t)` : js;
  }

  // For printing, which can deal with promises and functions itself.
  #unsettled(expression: FilterExpression): string {
    if (!expression.isPlain) return this.#filtered(expression, this.#invalid(expression));
    const js = this.#variable(expression.variable, true);
    return this.#options.stringIfInvalid === "" ? js : `((t=${js})===undefined?${this.#invalid(expression)}:t)`;
  }

  #filtered(expression: FilterExpression, missing: string, change = (js: string) => js): string {
    const { variable, filters } = expression;
    const base = this.settled(this.#variable(variable));
    if (variable.literal !== undefined) return this.#applyFilters(change(base), filters);
    // What is put out for a missing variable is not filtered, unless it is nothing.
    if (missing === "null" || missing === '""') {
      return this.#applyFilters(`((t=${base})===undefined?${missing}:${change("t")})`, filters);
    }
    const value = this.temp();
    return `((${value}=${base})===undefined?${missing}:${this.#applyFilters(change(value), filters)})`;
  }

  #applyFilters(base: string, filters: readonly FilterCall[]): string {
    return filters.reduce((js, call, index) => {
      const value = index === 0 ? js : this.settled(js);
      return this.#applyFilter(value, call);
    }, base);
  }

  #applyFilter(value: string, { filter, argument }: FilterCall): string {
    return filterCode(filter, {
      value,
      argument: argument === undefined ? undefined : this.#argument(argument),
      autoescape: this.#autoescape,
      constant: (constant) => this.constant(constant),
    });
  }

  #argument(argument: Variable): string {
    const js = this.#plainLiteral(argument) ?? this.settled(this.#variable(argument));
    return argument.literal === undefined ? `((t=${js})===undefined?MISSING(${JSON.stringify(argument.text)}):t)` : js;
  }

  /**
   * An expression for a value that a function gets which was written for strings: a text of the template in which there
   * is nothing to escape comes as a string rather than as a SafeString.
   */
  argument(expression: FilterExpression): string {
    return (expression.isPlain ? this.#plainLiteral(expression.variable) : undefined) ?? this.value(expression);
  }

  #plainLiteral(variable: Variable): string | undefined {
    const text = plainText(variable);
    return text === undefined ? undefined : JSON.stringify(text);
  }

  #invalid(expression: FilterExpression): string {
    const { text } = expression.variable;
    return JSON.stringify(this.#options.stringIfInvalid.replaceAll("%s", () => text));
  }

  /** An expression for the value of another one, awaited where that gives a promise. */
  settled(js: string): string {
    if (/^(?:true|false|null|k\d+|[^a-z]*)$/i.test(js)) return js;
    return `(W(t=${js})?yield V(t):t)`;
  }

  #variable(variable: Variable, isPrinted = false): string {
    const { literal } = variable;
    if (typeof literal === "number") return literal < 0 || Object.is(literal, -0) ? `(${literal})` : String(literal);
    if (literal !== undefined) {
      const constant = this.constant(literal);
      return variable.translate ? `TR(${constant})` : constant;
    }
    const [root = "", ...members] = variable.lookups;
    return this.#members(root, members, isPrinted);
  }

  #members(root: string, members: readonly string[], isPrinted: boolean): string {
    const binding = this.#scope.find(root);
    if (binding?.kind === "forloop") {
      const direct = forloopMember(binding, members);
      if (direct !== undefined) return direct;
    }
    if (root === "block" && members[0] === "super" && this.#isOwnBlock()) return this.#superBlock(members.slice(1));
    const js = this.#rootValue(root, this.#scope);
    if (members.length === 0) return isPrinted ? js : `C(${js})`;
    return members.reduce((owner, name) => `${this.constant(memberFunction(name))}(${owner})`, `C(${js})`);
  }

  #isOwnBlock(): boolean {
    return this.#options.isBlock === true && !this.#scope.isOpen && this.#scope.find("block") === undefined;
  }

  #superBlock(members: readonly string[]): string {
    return members.reduce((owner, name) => `${this.constant(memberFunction(name))}(${owner})`, "SUPER(c,b)");
  }

  #rootValue(name: string, scope: Scope | undefined): string {
    const binding = scope?.find(name);
    if (binding !== undefined) return this.#bindingValue(binding);
    return CONSTANT_NAMES.get(name) ?? this.#fromContext(name);
  }

  #bindingValue(binding: Binding): string {
    if (binding.kind === "local") return binding.js;
    // Around the outermost loop of a template may be one of another that includes it.
    const parent = binding.parent === undefined ? this.#fromContext("forloop") : this.#bindingValue(binding.parent);
    return `FL(${binding.length},${parent}).at(${binding.index})`;
  }

  #fromContext(name: string): string {
    if (name === "block" && this.#options.isBlock === true) return `BLOCK(c,b)`;
    const lookup = `c.lookup(${JSON.stringify(name)})`;
    const region = this.#regions.at(-1);
    if (region === undefined || this.#scope.isOpen) return lookup;
    const known = region.names.get(name);
    if (known !== undefined) return known;
    const local = this.temp("v");
    region.names.set(name, local);
    return local;
  }

  #openRegion(): void {
    this.#flush();
    this.#regions.push({ slot: this.#chunks.push("") - 1, names: new Map() });
  }

  #closeRegion(): void {
    const region = this.#regions.pop();
    if (region === undefined) return;
    const lookups = [...region.names].map(([name, local]) => `${local}=c.lookup(${JSON.stringify(name)});`);
    this.#chunks[region.slot] = lookups.join("");
  }

  #fillRegions(): void {
    while (this.#regions.length > 0) this.#closeRegion();
  }

  #flush(): void {
    if (this.#text === "") return;
    this.#chunks.push(`${this.#out}+=${JSON.stringify(this.#text)};`);
    this.#text = "";
  }
}
