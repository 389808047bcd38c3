// Operations of migrations that only PostgreSQL has.

import { FieldError } from "@tsgo/core/exceptions";
import { NotSupportedError } from "@tsgo/orm/exceptions";
import { type DeconstructedOperation, Operation, type ProjectState, type SchemaEditor } from "@tsgo/orm/migrations";
import { router } from "@tsgo/orm/router";

/** Facts for the database router. */
type Hints = Readonly<Record<string, unknown>>;

/** The parent of operations on what belongs to the database and to no model: they do nothing on other databases. */
abstract class DatabaseObject extends Operation {
  override stateForwards(_appLabel: string, state: ProjectState): ProjectState {
    return state;
  }

  /** Whether there is something to do. */
  protected concerns(editor: SchemaEditor, appLabel: string, hints?: Hints): boolean {
    return editor.connection.vendor === "postgresql" && router.allowMigrate(editor.connection.alias, appLabel, hints);
  }
}

/** What an extension is made with. */
export interface CreateExtensionOptions {
  /** The name of the extension, `"hstore"`. */
  readonly name: string;
  readonly hints?: Hints;
}

/**
 * Adds an extension to the database, where it is not there yet. The role that migrates must be allowed to; else somebody who is
 * runs `CREATE EXTENSION` once. Answers to `CreateExtension`.
 *
 * @example new CreateExtension({ name: "ltree" })
 */
export class CreateExtension extends DatabaseObject {
  static override readonly reference: string = "tsgo/contrib/postgres:CreateExtension";
  override readonly sign = "+";
  readonly name: string;
  readonly hints: Hints | undefined;

  constructor({ name, hints }: CreateExtensionOptions) {
    super();
    if (typeof name !== "string" || name === "")
      throw new FieldError("CreateExtension needs the name of an extension.");
    this.name = name;
    this.hints = hints;
  }

  override async databaseForwards(appLabel: string, editor: SchemaEditor): Promise<void> {
    if (this.concerns(editor, appLabel, this.hints))
      await editor.execute(`CREATE EXTENSION IF NOT EXISTS ${editor.quoteName(this.name)}`);
  }

  override async databaseBackwards(appLabel: string, editor: SchemaEditor): Promise<void> {
    if (this.concerns(editor, appLabel, this.hints))
      await editor.execute(`DROP EXTENSION IF EXISTS ${editor.quoteName(this.name)}`);
  }

  override describe(): string {
    return `Creates extension ${this.name}`;
  }

  override get nameFragment(): string {
    return `create_extension_${this.name.replaceAll("-", "_")}`;
  }

  override deconstruct(): DeconstructedOperation {
    const { name, hints } = this;
    return { name: "CreateExtension", options: { name, ...(hints !== undefined && { hints }) } };
  }
}

function named(className: string, name: string): new () => CreateExtension {
  return class extends CreateExtension {
    static override readonly reference: string = `tsgo/contrib/postgres:${className}`;

    constructor() {
      super({ name });
    }

    override deconstruct(): DeconstructedOperation {
      return { name: className, options: {} };
    }
  };
}

/** Adds `bloom`, for `BloomIndex`. */
export const BloomExtension = named("BloomExtension", "bloom");
/** Adds `btree_gin`: plain values in a GIN index. */
export const BtreeGinExtension = named("BtreeGinExtension", "btree_gin");
/** Adds `btree_gist`: equality of plain values in an exclusion. */
export const BtreeGistExtension = named("BtreeGistExtension", "btree_gist");
/** Adds `citext`, for the fields that compare without regard to case. */
export const CITextExtension = named("CITextExtension", "citext");
/** Adds `pgcrypto`. */
export const CryptoExtension = named("CryptoExtension", "pgcrypto");
/** Adds `hstore`, for `HStoreField`. */
export const HStoreExtension = named("HStoreExtension", "hstore");
/** Adds `pg_trgm`, for texts that are alike. */
export const TrigramExtension = named("TrigramExtension", "pg_trgm");
/** Adds `unaccent`, for texts without their accents. */
export const UnaccentExtension = named("UnaccentExtension", "unaccent");

/** What a collation is made with. */
export interface CollationOptions {
  readonly name: string;
  /** `"de-u-ks-level2"`, as the provider has it. */
  readonly locale: string;
  /** `"libc"` where left out. */
  readonly provider?: "libc" | "icu";
  /** False makes one that takes different texts for equal; needs the provider `icu`. */
  readonly deterministic?: boolean;
}

abstract class CollationOperation extends DatabaseObject {
  readonly options: CollationOptions;

  constructor(options: CollationOptions) {
    super();
    this.options = options;
  }

  protected async create(appLabel: string, editor: SchemaEditor): Promise<void> {
    if (!this.concerns(editor, appLabel)) return;
    const { name, locale, provider = "libc", deterministic = true } = this.options;
    if (!deterministic && provider !== "icu")
      throw new NotSupportedError(
        `The collation ${name} cannot be non-deterministic with the provider ${provider}: use icu.`,
      );
    const parts = [`locale = ${editor.quoteValue(locale)}`, `provider = ${editor.quoteValue(provider)}`];
    if (!deterministic) parts.push("deterministic = false");
    await editor.execute(`CREATE COLLATION ${editor.quoteName(name)} (${parts.join(", ")})`);
  }

  protected async remove(appLabel: string, editor: SchemaEditor): Promise<void> {
    if (this.concerns(editor, appLabel)) await editor.execute(`DROP COLLATION ${editor.quoteName(this.options.name)}`);
  }

  override deconstruct(): DeconstructedOperation {
    return { name: this.constructor.name, options: { ...this.options } };
  }
}

/** Makes a collation, for `dbCollation` of fields. Answers to `CreateCollation`. */
export class CreateCollation extends CollationOperation {
  static override readonly reference: string = "tsgo/contrib/postgres:CreateCollation";
  override readonly sign = "+";

  override databaseForwards(appLabel: string, editor: SchemaEditor): Promise<void> {
    return this.create(appLabel, editor);
  }

  override databaseBackwards(appLabel: string, editor: SchemaEditor): Promise<void> {
    return this.remove(appLabel, editor);
  }

  override describe(): string {
    return `Create collation ${this.options.name}`;
  }

  override get nameFragment(): string {
    return `create_collation_${this.options.name.toLowerCase()}`;
  }
}

/** Removes a collation. Answers to `RemoveCollation`. */
export class RemoveCollation extends CollationOperation {
  static override readonly reference: string = "tsgo/contrib/postgres:RemoveCollation";
  override readonly sign = "-";

  override databaseForwards(appLabel: string, editor: SchemaEditor): Promise<void> {
    return this.remove(appLabel, editor);
  }

  override databaseBackwards(appLabel: string, editor: SchemaEditor): Promise<void> {
    return this.create(appLabel, editor);
  }

  override describe(): string {
    return `Remove collation ${this.options.name}`;
  }

  override get nameFragment(): string {
    return `remove_collation_${this.options.name.toLowerCase()}`;
  }
}
