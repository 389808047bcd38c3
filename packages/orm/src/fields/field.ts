// What every field has: its options, its place in a model, its column, and the way of a value into the database and out.

import type { CheckMessage } from "@tsgo/core/checks";
import { type ErrorText, FieldError, ValidationError } from "@tsgo/core/exceptions";
import { type Choice, type ChoicesInput, flattenChoices, normalizeChoices } from "@tsgo/utils/choices";
import { saysEmpty } from "@tsgo/utils/emptiness";
import { LazyText } from "@tsgo/utils/functional";
import { translator } from "@tsgo/utils/translation";

import { columnName } from "../naming.ts";
import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { Expression } from "../expressions/expression.ts";
import type { ModelBase, ModelClass } from "../models/model.ts";
import type { Relation } from "./relation.ts";
import type { VALUE_TYPE } from "./types.ts";
import { DATABASE_DEFAULT, NOT_PROVIDED } from "./not-provided.ts";

/** A rule that a value must keep; it throws a ValidationError otherwise. */
export type Validator = (value: never) => void;

/**
 * Choices as pairs of value and label, with named groups of such pairs among them, as an object or a `Map` from value to label, as an
 * enumeration made by `models.textChoices`, or as a function that gives any of these each time they are asked for.
 */
export type Choices = ChoicesInput | { readonly choices: ChoicesInput };

/** The options that every field takes. Names answer to Django's. */
export interface FieldOptions {
  /** What people read; made of the name unless given. */
  readonly verboseName?: string;
  readonly primaryKey?: boolean;
  readonly maxLength?: number;
  readonly unique?: boolean;
  readonly blank?: boolean;
  readonly null?: boolean;
  readonly dbIndex?: boolean;
  /** A value, or a function that makes one. */
  readonly default?: unknown;
  /** A value or expression that the database itself puts in where none is given. */
  readonly dbDefault?: unknown;
  readonly editable?: boolean;
  readonly serialize?: boolean;
  readonly uniqueForDate?: string;
  readonly uniqueForMonth?: string;
  readonly uniqueForYear?: string;
  readonly choices?: Choices;
  readonly helpText?: string;
  readonly dbColumn?: string;
  /** The tablespace of the field's index, where the database has such. */
  readonly dbTablespace?: string;
  readonly dbComment?: string;
  readonly dbCollation?: string;
  readonly validators?: readonly Validator[];
  readonly errorMessages?: Readonly<Record<string, string>>;
  /** Set on fields that the framework adds by itself: automatic keys and links to parents. */
  readonly autoCreated?: boolean;
}

/** How a field is written down in a migration: the name of its class and its options as given. */
export interface Deconstructed {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The type of a column and the check that goes with it; null for a field without a column. */
export interface DbParameters {
  readonly type: string | null;
  readonly check: string | null;
  readonly collation: string | null;
}

let creationCounter = 0;

/**
 * The parent of all fields, answering to Django's `Field`. `T` is the type of the value on an instance,
 * `Optional` says whether `create()` may do without it.
 *
 * A custom field extends one of the built-in classes and overrides `toValue`, `getPrepValue` or `fromDb`:
 *
 * @example
 * class UpperCaseField extends models.CharField.Class<string> {
 *   override getPrepValue(value: unknown) { return String(value).toUpperCase(); }
 * }
 */
export class Field<T = unknown, Optional extends boolean = boolean> {
  /** Only for the compiler: what the field holds. */
  declare readonly [VALUE_TYPE]: { readonly value: T; readonly optional: Optional };

  /**
   * The reference of a custom field's class, for migrations; built-in fields have none. `"polls/fields:UpperCaseField"` is
   * looked for among the modules of the project's apps, and else imported from the package that it names. `()` at its end
   * says that the export is a function which makes the field.
   */
  static reference: string | undefined = undefined;

  /** The options as they were given. */
  readonly options: FieldOptions;
  /** Tells the order in which fields were made. */
  readonly creationCounter: number = creationCounter++;

  /** The name in the model: `pubDate`. */
  name = "";
  /** The attribute that holds the column's value: the name, or `questionId` for a foreign key `question`. */
  attname = "";
  /** The column, or null for a field without one. */
  column: string | null = null;
  /** True when there is a column. */
  concrete = false;
  /** The model whose table has the column. Unset until the field is part of a model. */
  declare model: ModelClass;
  verboseName: string;

  readonly primaryKey: boolean;
  readonly null: boolean;
  readonly blank: boolean;
  readonly default: unknown;
  readonly dbDefault: unknown;
  readonly maxLength: number | undefined;
  readonly editable: boolean;
  readonly helpText: string;
  /** As pairs. They may come from a function, which is then called each time they are gone through. */
  readonly choices: Iterable<Choice> | undefined;
  readonly dbComment: string | undefined;
  readonly dbCollation: string | undefined;
  autoCreated: boolean;

  /** What a relation knows about its other side; undefined for plain fields. */
  readonly remoteField: Relation | undefined = undefined;
  readonly manyToMany: boolean = false;
  readonly manyToOne: boolean = false;
  readonly oneToOne: boolean = false;
  readonly oneToMany: boolean = false;
  /** True for a field computed by the database. */
  readonly generated: boolean = false;

  constructor(options: FieldOptions = {}) {
    this.options = options;
    this.verboseName = options.verboseName ?? "";
    this.primaryKey = options.primaryKey ?? false;
    this.null = options.null ?? false;
    this.blank = options.blank ?? false;
    this.default = "default" in options && options.default !== undefined ? options.default : NOT_PROVIDED;
    this.dbDefault = "dbDefault" in options && options.dbDefault !== undefined ? options.dbDefault : NOT_PROVIDED;
    this.maxLength = options.maxLength;
    this.editable = options.editable ?? true;
    this.helpText = options.helpText ?? "";
    this.choices = options.choices === undefined ? undefined : pairsOf(options.choices);
    this.dbComment = options.dbComment;
    this.dbCollation = options.dbCollation;
    this.autoCreated = options.autoCreated ?? false;
  }

  /** The class whose column type and lookups count: a subclass of CharField keeps `"CharField"`. */
  get internalType(): string {
    return "Field";
  }

  get isRelation(): boolean {
    return this.remoteField !== undefined;
  }

  get unique(): boolean {
    return (this.options.unique ?? false) || this.primaryKey;
  }

  get dbIndex(): boolean {
    return this.options.dbIndex ?? false;
  }

  get dbTablespace(): string | undefined {
    return this.options.dbTablespace;
  }

  /** Whether fixtures hold the value. */
  get serialize(): boolean {
    return this.options.serialize ?? true;
  }

  /** The date field within whose days the value is unique. */
  get uniqueForDate(): string | undefined {
    return this.options.uniqueForDate;
  }

  /** The date field within whose months the value is unique. */
  get uniqueForMonth(): string | undefined {
    return this.options.uniqueForMonth;
  }

  /** The date field within whose years the value is unique. */
  get uniqueForYear(): string | undefined {
    return this.options.uniqueForYear;
  }

  /** The field whose values this one holds: itself, or the target of a foreign key, followed to its end. */
  get targetValueField(): Field {
    return this;
  }

  /** The field to take for output and lookups in an expression: `Generated` ones stand for what they make. */
  get outputField(): Field {
    return this;
  }

  // ---- its place in a model

  /** Puts the field into a model under a name. Called once, when the model is prepared. */
  contributeToClass(model: ModelClass, name: string): void {
    this.setAttributesFromName(name);
    this.model = model;
    model._meta.addField(this);
  }

  /** Sets what follows from the name: attribute, column and verbose name. */
  setAttributesFromName(name: string): void {
    this.name = name;
    this.attname = this.getAttname();
    this.column = this.getColumn();
    this.concrete = this.column !== null;
    if (this.verboseName === "") this.verboseName = columnName(name).replaceAll("_", " ");
  }

  protected getAttname(): string {
    return this.name;
  }

  protected getColumn(): string | null {
    return this.options.dbColumn ?? columnName(this.attname);
  }

  /**
   * A field of the same class and options that belongs to no model yet. `changes` replaces options, and removes those
   * that are undefined in it; for relations `to` counts as an option.
   */
  clone(changes: Readonly<Record<string, unknown>> = {}): this {
    return Reflect.construct(this.constructor, this.constructorArguments(changes)) as this;
  }

  /** What `clone` gives the constructor. */
  protected constructorArguments(changes: Readonly<Record<string, unknown>>): unknown[] {
    return [withChanges(this.options, changes)];
  }

  /** Class name and options, for migrations. */
  deconstruct(): Deconstructed {
    const options: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(this.options)) if (value !== undefined) options[key] = value;
    // What a function gives may be something else next time; no column depends on it.
    if (typeof this.options.choices === "function") delete options["choices"];
    else if (this.choices !== undefined) options["choices"] = [...this.choices];
    return { type: this.constructor.name, options };
  }

  // ---- its column

  /** The column's type on a database, or null where the field has no column. */
  dbType(connection: DatabaseWrapper): string | null {
    const make = connection.dataTypes[this.internalType];
    return make === undefined ? null : make(this);
  }

  /** The type of a column that refers to this one. */
  relDbType(connection: DatabaseWrapper): string | null {
    return this.dbType(connection);
  }

  /** The type to name in CAST. */
  castDbType(connection: DatabaseWrapper): string | null {
    return connection.operations.castDataType(this) ?? this.dbType(connection);
  }

  /** The check that a column of this type has on a database. */
  dbCheck(connection: DatabaseWrapper): string | null {
    return this.column === null
      ? null
      : (connection.dataTypeCheckConstraints[this.internalType]?.(this.column) ?? null);
  }

  /** What stands behind the type: `AUTOINCREMENT`, `GENERATED BY DEFAULT AS IDENTITY`. */
  dbTypeSuffix(connection: DatabaseWrapper): string | null {
    return connection.dataTypesSuffix[this.internalType] ?? null;
  }

  /** Type, check and collation together. */
  dbParameters(connection: DatabaseWrapper): DbParameters {
    return { type: this.dbType(connection), check: this.dbCheck(connection), collation: this.dbCollation ?? null };
  }

  // ---- defaults

  hasDefault(): boolean {
    return this.default !== NOT_PROVIDED;
  }

  hasDbDefault(): boolean {
    return this.dbDefault !== NOT_PROVIDED;
  }

  /** The value of a new instance that was given none. */
  getDefault(): unknown {
    if (this.default !== NOT_PROVIDED) return typeof this.default === "function" ? this.default() : this.default;
    if (this.dbDefault !== NOT_PROVIDED) return DATABASE_DEFAULT;
    if (!this.emptyStringsAllowed || this.null) return null;
    return "";
  }

  /** True for the fields whose empty value is a text. */
  get emptyStringsAllowed(): boolean {
    return true;
  }

  // ---- values

  /**
   * A value as instances hold it, made from what a form or a fixture brings. Answers to `to_python`.
   *
   * @throws ValidationError where the value cannot be one of this field.
   */
  toValue(value: unknown): unknown {
    return value;
  }

  /**
   * A value in the form that all databases share, checked: the class is right, the number in range.
   *
   * @throws FieldError or ValidationError that names the field.
   */
  getPrepValue(value: unknown): unknown {
    return value;
  }

  /** A value as one database's driver takes it. */
  getDbPrepValue(value: unknown, _connection: DatabaseWrapper, prepared = false): unknown {
    return prepared ? value : this.getPrepValue(value);
  }

  /**
   * The SQL of a parameter that holds a value of this field, where the database could not tell the type from what stands
   * around it: `parameter` with a cast about it. Answers to `get_placeholder`.
   */
  placeholder(parameter: string, _connection: DatabaseWrapper): string {
    return parameter;
  }

  /**
   * What a name behind this field stands for in a lookup, if it is none of the registered transforms: `tags__0` of an
   * array, `data__key` of a store of keys. Answers to `get_transform`.
   */
  transformFor(_name: string): ((lhs: Expression) => Expression) | undefined {
    return undefined;
  }

  /** A value as it is stored, which differs from the one compared with only for JSON. */
  getDbPrepSave(value: unknown, connection: DatabaseWrapper): unknown {
    return this.getDbPrepValue(value, connection);
  }

  /**
   * What turns a column's value as the driver gives it into the value on an instance, or undefined where they are the same.
   * Null never reaches it, except for JSON.
   */
  fromDb(_connection: DatabaseWrapper): ((value: unknown) => unknown) | undefined {
    return undefined;
  }

  /** The value to save for an instance; `add` tells an insert. `autoNow` lives here. */
  preSave(instance: ModelBase, _add: boolean): unknown {
    return (instance as unknown as Record<string, unknown>)[this.attname];
  }

  /** Gives an instance its first value of this column. */
  place(instance: ModelBase, value: unknown): void {
    Object.defineProperty(instance, this.attname, { value, writable: true, enumerable: true, configurable: true });
  }

  /** What must be done before the row is written and takes time: a file is stored. Called once for each save. */
  prepareToSave?(instance: ModelBase): Promise<void>;

  valueFromObject(instance: ModelBase): unknown {
    return (instance as unknown as Record<string, unknown>)[this.attname];
  }

  /** A value as text, for fixtures. */
  valueToString(instance: ModelBase): string {
    return String(this.valueFromObject(instance));
  }

  // ---- validation

  /** What values of the class are, for people: `"Integer"`. `%(maxLength)s` and the like are filled in from the options. */
  static readonly description: string = "";

  /** The texts of the errors that a class tells, beside those of its parents; `errorMessages` of a field replaces them. */
  static readonly errorMessages: Readonly<Record<string, string>> = {
    invalidChoice: "Value %(value)r is not a valid choice.",
    null: "This field cannot be null.",
    blank: "This field cannot be blank.",
    unique: "%(model_name)s with this %(field_label)s already exists.",
    uniqueForDate: "%(field_label)s must be unique for %(date_field_label)s %(lookup_type)s.",
  };

  /** What values of this field are, for people. */
  get description(): string {
    const { description } = this.constructor as typeof Field;
    return description.replaceAll(/%\((\w+)\)s/g, (_text, name: string) =>
      String((this as unknown as Record<string, unknown>)[name]),
    );
  }

  /** The text of an error: the field's own, or that of the nearest class that has one, translated when it is shown. */
  errorMessage(key: string): ErrorText {
    const own = this.options.errorMessages?.[key];
    if (own !== undefined) return own;
    for (let owner: unknown = this.constructor; typeof owner === "function"; owner = Object.getPrototypeOf(owner)) {
      const messages = Object.hasOwn(owner, "errorMessages") ? (owner as typeof Field).errorMessages : {};
      const text = messages[key];
      if (text !== undefined) return new LazyText(() => translator().gettext(text));
    }
    return key;
  }

  /** The error about a value that cannot be one of this field. */
  protected invalid(value: unknown, key = "invalid", code: string = columnName(key)): ValidationError {
    return new ValidationError(this.errorMessage(key), {
      code,
      params: { value: typeof value === "string" ? shortened(value) : describeValue(value) },
    });
  }

  /** The validators that come with the class, beside the ones given as an option. */
  get defaultValidators(): readonly Validator[] {
    return [];
  }

  get validators(): readonly Validator[] {
    return [...this.defaultValidators, ...(this.options.validators ?? [])];
  }

  runValidators(value: unknown): void {
    if (isEmptyValue(value)) return;
    const errors: ValidationError[] = [];
    for (const validator of this.validators) {
      try {
        validator(value as never);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new ValidationError(errors);
  }

  /** Checks choices, null and blank. */
  validate(value: unknown, _instance: ModelBase | null): void {
    if (!this.editable) return;
    if (this.choices !== undefined && !isEmptyValue(value)) {
      for (const [choice] of flattenChoices(this.choices)) if (choice === value) return;
      throw new ValidationError(this.errorMessage("invalidChoice"), { code: "invalid_choice", params: { value } });
    }
    if (value === null || value === undefined) {
      if (!this.null) throw new ValidationError(this.errorMessage("null"), { code: "null" });
    } else if (!this.blank && isEmptyValue(value)) {
      throw new ValidationError(this.errorMessage("blank"), { code: "blank" });
    }
  }

  /** Converts and checks a value in one go, and gives it as it should be saved. */
  clean(value: unknown, instance: ModelBase | null): unknown {
    const converted = this.toValue(value);
    this.validate(converted, instance);
    this.runValidators(converted);
    return converted;
  }

  /** The choices without their groups. */
  get flatChoices(): readonly Choice[] {
    return [...flattenChoices(this.choices)];
  }

  /** What is wrong with the options, beside what every field is checked for. A class of your own with options of its own overrides it. */
  check(): readonly CheckMessage[] {
    return [];
  }

  /** `polls.Question.pubDate`, for messages. */
  toString(): string {
    return this.model === undefined ? this.name : `${this.model._meta.label}.${this.name}`;
  }

  /** An error about a value that this field cannot take. */
  protected refuse(value: unknown, wanted: string): never {
    throw new FieldError(`${this.toString()}: ${describeValue(value)} is not ${wanted}.`);
  }
}

/** Options with some of them replaced; those that are undefined in `changes` are left out. */
export function withChanges(options: object, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...options, ...changes }).filter(([, value]) => value !== undefined));
}

/** True for what counts as "nothing was entered". */
export function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object") return false;
  return saysEmpty(value) || (Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0);
}

/** A value for a message: short, and never a whole object. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shortened(value));
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number" || typeof value === "boolean" || value === null || value === undefined)
    return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  return typeof value === "function" ? "a function" : `a value of class ${value.constructor?.name ?? "Object"}`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function pairsOf(choices: Choices): Iterable<Choice> {
  const isEnumeration = typeof choices === "object" && "choices" in choices && typeof choices.choices === "object";
  return normalizeChoices((isEnumeration ? choices.choices : choices) as ChoicesInput);
}
