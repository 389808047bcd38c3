// Values as TypeScript code that makes the same values again.

import { findModule, isPackage } from "@tsgo/core/loading";
import { Decimal } from "decimal.js";

import { CombinedExpression, OrderBy, Value } from "../../expressions/expression.ts";
import { Q, type QChild } from "../../expressions/q.ts";
import { Field } from "../../fields/field.ts";
import * as models from "../../models/index.ts";
import { Operation } from "../operations/operation.ts";
import { fieldDefinition, literalMaker, sameDefinition } from "../state/definition.ts";
import type { Imports } from "./imports.ts";
import { type ExportedName, type KnownModule, findExport, relativeSpecifier } from "./known-exports.ts";
import { type Code, array, call, object, prefixed, stringLiteral, suffixed } from "./layout.ts";
import { UnserializableError } from "./unserializable.ts";

/** The module from which a project imports `models`, `migrations` and what belongs to them. */
export const DB_MODULE = "tsgo/db";

/** Writes values down, noting what has to be imported. */
export class Serializer {
  readonly #imports: Imports;
  readonly #modules: readonly KnownModule[];
  readonly #folder: string | undefined;

  /** `folder` is where the file will be, for imports of the project's own modules. */
  constructor(imports: Imports, modules: readonly KnownModule[], folder?: string) {
    this.#imports = imports;
    this.#modules = modules;
    this.#folder = folder;
  }

  /** The code of a value. `path` says where it stands, for the message when it cannot be written. */
  write(value: unknown, path: string): Code {
    switch (typeof value) {
      case "string":
        return stringLiteral(value);
      case "number":
        return numberCode(value);
      case "bigint":
        return `${value}n`;
      case "boolean":
      case "undefined":
        return String(value);
      case "function":
        return this.#exported(value, path);
      case "symbol":
        throw new UnserializableError(path, "a symbol");
      case "object":
        return value === null ? "null" : this.#object(value, path);
      default:
        throw new UnserializableError(path, "a value of an unknown kind");
    }
  }

  #object(value: object, path: string): Code {
    if (Array.isArray(value)) return array(value.map((item, index) => this.write(item, `${path}[${index}]`)));
    if (value instanceof Field) return this.field(value, path);
    if (value instanceof Operation) return this.operation(value, path);
    if (value instanceof Q) return this.#condition(value, path);
    if (value instanceof CombinedExpression) return this.#combined(value, path);
    if (value instanceof OrderBy) return this.#order(value, path);
    if (value instanceof Date) return `new Date(${stringLiteral(value.toISOString())})`;
    if (value instanceof RegExp) return `new RegExp(${stringLiteral(value.source)}, ${stringLiteral(value.flags)})`;
    if (value instanceof Uint8Array) return `new Uint8Array([${[...value].join(", ")}])`;
    if (Decimal.isDecimal(value)) return `new ${this.#db("Decimal")}(${stringLiteral(value.toString())})`;
    const temporal = temporalClass(value);
    if (temporal !== undefined)
      return `${this.#db("Temporal")}.${temporal}.from(${stringLiteral((value as { toString(): string }).toString())})`;
    if (value instanceof Set) return call("new Set", [array([...value].map((item) => this.write(item, path)))]);
    if (value instanceof Map) return call("new Map", [array([...value].map((item) => this.write(item, path)))]);
    if (isOnDelete(value)) return this.#onDelete(value, path);
    if (isDeconstructible(value)) return this.#instance(value, path);
    if (isPlain(value)) return this.record(value, path);
    return this.#exported(value, path);
  }

  /** An object of values; those that are undefined are left out. */
  record(value: Readonly<Record<string, unknown>>, path: string, broken = false): Code {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return object(
      entries.map(([key, item]) => [key, this.write(item, `${path}.${key}`)]),
      broken,
    );
  }

  #db(name: string): string {
    return this.#imports.use(DB_MODULE, name);
  }

  // ---- parts of models

  /** `models.CharField({ maxLength: 200 })` */
  field(field: Field, path: string): Code {
    const { type, options } = fieldDefinition(field);
    const { to, fields, ...rest } = options;
    const made = (field.constructor as typeof Field).reference?.endsWith("()") === true;
    const callee = this.#isOffered(field, type)
      ? `${this.#db("models")}.${type}`
      : `${made ? "" : "new "}${this.#className(field, path)}`;
    // What is given by place: the target of a relation, the names of a composite key.
    const args: Code[] = to === undefined ? [] : [this.write(to, `${path}.to`)];
    if (Array.isArray(fields)) args.push(...fields.map((name) => this.write(name, path)));
    if (Object.keys(rest).length > 0) args.push(this.record(rest, path));
    return call(callee, args);
  }

  /** `new migrations.AddField({ ... })` */
  operation(operation: Operation, path: string): Code {
    const { name, options } = operation.deconstruct();
    const broken = Object.entries(options).map(
      ([key, value]) => [key, this.#operationPart(key, value, `${path}.${key}`)] as const,
    );
    const builtIn = (operation.constructor as typeof Operation).reference === undefined;
    const callee = builtIn ? `${this.#db("migrations")}.${name}` : this.#className(operation, path);
    return call(`new ${callee}`, broken.length === 0 ? [] : [object(broken, true)]);
  }

  #operationPart(key: string, value: unknown, path: string): Code {
    if (key === "fields" && isPlain(value as object)) return this.record(value as Record<string, unknown>, path, true);
    if (key === "databaseOperations" || key === "stateOperations")
      return array(
        (value as unknown[]).map((item) => this.write(item, path)),
        true,
      );
    return this.write(value, path);
  }

  #onDelete(value: OnDeleteLike, path: string): Code {
    const name = `${this.#db("models")}.${value.name}`;
    return value.name === "SET" ? call(name, [this.write(value.value, path)]) : name;
  }

  /** An index, a constraint, an expression, or an object of the user's own that says how it is made. */
  #instance(value: Deconstructible, path: string): Code {
    const { type, options, args } = value.deconstruct();
    const callee = this.#isOffered(value, type) ? `${this.#db("models")}.${type}` : this.#className(value, path);
    const written = (args ?? []).map((arg) => this.write(arg, path));
    const hasOptions = options !== undefined && (args === undefined || Object.keys(options).length > 0);
    return call(`new ${callee}`, hasOptions ? [...written, this.record(options, path)] : written);
  }

  /** `new models.F("votes").add(1)` */
  #combined({ lhs, operator, rhs }: CombinedExpression, path: string): Code {
    const plain = rhs instanceof Value && Object.keys(rhs.deconstruct().options).length === 0 ? rhs.value : rhs;
    return `${text(this.write(lhs, path))}.${OPERATOR_METHODS[operator]}(${text(this.write(plain, path))})`;
  }

  /** `new models.F("votes").desc({ nullsLast: true })` */
  #order({ expression, descending, nullsFirst, nullsLast }: OrderBy, path: string): Code {
    const nulls = nullsFirst ? "{ nullsFirst: true }" : nullsLast ? "{ nullsLast: true }" : "";
    return `${text(this.write(expression, path))}.${descending ? "desc" : "asc"}(${nulls})`;
  }

  /** Whether the value's class is one of those that `models` has, and not one of the project's by the same name. */
  #isOffered(value: object, type: string): boolean {
    const { reference } = value.constructor as { readonly reference?: string };
    return reference === undefined && type in models && findExport(value.constructor, this.#modules) === undefined;
  }

  #className(value: object, path: string): string {
    const known = findExport(value.constructor, this.#modules) ?? this.#referred(value);
    if (known === undefined) throw new UnserializableError(path, `an object of class ${value.constructor.name}`);
    return this.#imports.use(known.specifier, known.name);
  }

  /** The export that a class's static `reference` names: of a package, or of a module of the project. */
  #referred(value: object): ExportedName | undefined {
    const { reference } = value.constructor as { readonly reference?: string };
    const [specifier, name] = reference?.replace("()", "").split(":") ?? [];
    if (specifier === undefined || name === undefined) return undefined;
    const [packageName = ""] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
    if (isPackage(packageName)) return { specifier, name };
    const file = this.#folder === undefined ? undefined : findModule(specifier);
    return file === undefined ? undefined : { specifier: relativeSpecifier(this.#folder ?? "", file), name };
  }

  /** A function, class or object that a module exports is imported again; a function that makes a literal is copied. */
  #exported(value: object, path: string): Code {
    const known = findExport(value, this.#modules);
    if (known !== undefined) return this.#imports.use(known.specifier, known.name);
    const made = typeof value === "function" ? literalMaker(value as () => unknown) : undefined;
    if (made !== undefined) return this.#maker(made.value, path);
    throw new UnserializableError(
      path,
      typeof value === "function"
        ? `the function ${value.name || "without a name"}`
        : `an object of class ${value.constructor.name}`,
    );
  }

  #maker(value: unknown, path: string): Code {
    const code = this.write(value, path);
    const isObject = (typeof code === "string" ? code : code.open).startsWith("{");
    return isObject ? suffixed(prefixed("() => (", code), ")") : prefixed("() => ", code);
  }

  // ---- conditions

  #condition(q: Q, path: string): Code {
    const code = this.#readableCondition(q, path);
    return code ?? this.#exactCondition(q, path);
  }

  /** `new models.Q({ a: 1 }).or(new models.Q({ b: 2 })).not()`, where that makes the very same condition. */
  #readableCondition(q: Q, path: string): string | undefined {
    const { children, connector, negated } = q;
    const [first, ...others] = children.map(asCondition);
    if (first === undefined) return undefined;
    const joined = connector === "AND" && children.every(isLookup);
    const plain = joined
      ? new Q(Object.fromEntries(children as [string, unknown][]))
      : others.reduce((a, b) => a[METHODS[connector]](b), first);
    const made = negated ? plain.not() : plain;
    const inner = negated && children.length === 1 && children[0] instanceof Q ? children[0] : undefined;
    if (inner !== undefined)
      return sameDefinition(inner.not(), q) ? `${text(this.#condition(inner, path))}.not()` : undefined;
    if (negated || !sameDefinition(made, q)) return undefined;
    if (joined)
      return `new ${this.#db("models")}.Q(${text(this.record(Object.fromEntries(children as [string, unknown][]), path))})`;
    const parts = children.map((child) => text(this.#condition(asCondition(child), path)));
    return parts.slice(1).reduce((code, part) => `${code}.${METHODS[connector]}(${part})`, parts[0] ?? "");
  }

  #exactCondition(q: Q, path: string): Code {
    const children = q.children.map((child) => this.write(child, path));
    const args: Code[] = [array(children), stringLiteral(q.connector), String(q.negated)];
    return call(`${this.#db("models")}.Q.create`, args);
  }
}

const OPERATOR_METHODS: Readonly<Record<CombinedExpression["operator"], string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "mod",
  "^": "pow",
  "&": "bitand",
  "|": "bitor",
  "#": "bitxor",
  "<<": "bitleftshift",
  ">>": "bitrightshift",
};

const METHODS = { AND: "and", OR: "or", XOR: "xor" } as const;

function isLookup(child: QChild): child is readonly [string, unknown] {
  return Array.isArray(child);
}

function asCondition(child: QChild): Q {
  return child instanceof Q ? child : new Q(isLookup(child) ? { [child[0]]: child[1] } : child);
}

function text(code: Code): string {
  if (typeof code === "string") return code;
  return `${code.open}${code.padding}${code.items.map(text).join(", ")}${code.padding}${code.close}`;
}

function numberCode(value: number): string {
  if (Number.isNaN(value)) return "Number.NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY";
  return Object.is(value, -0) ? "-0" : String(value);
}

function temporalClass(value: object): string | undefined {
  const tag = String((value as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]);
  return /^Temporal\.(\w+)$/.exec(tag)?.[1];
}

interface OnDeleteLike {
  readonly name: string;
  readonly value?: unknown;
}

function isOnDelete(value: object): value is OnDeleteLike {
  return "apply" in value && "name" in value && typeof value.name === "string";
}

interface Deconstructible {
  deconstruct(): {
    readonly type: string;
    readonly options?: Readonly<Record<string, unknown>>;
    readonly args?: readonly unknown[];
  };
}

function isDeconstructible(value: object): value is Deconstructible {
  return "deconstruct" in value && typeof value.deconstruct === "function";
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
