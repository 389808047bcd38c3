// The kinds of indexes that PostgreSQL has.

import { FieldError } from "@tsgo/core/exceptions";
import { Index, type IndexOptions } from "@tsgo/orm/models";

type Parameters = Readonly<Record<string, string | number | boolean>>;

/** The parent of the indexes with storage parameters of their own. */
abstract class PostgresIndex<Options extends IndexOptions = IndexOptions> extends Index {
  declare readonly options: Options;

  // oxlint-disable-next-line eslint/no-useless-constructor -- it narrows the type of the options
  constructor(options: Options) {
    super(options);
  }
}

/** Drops what is undefined. */
function parameters(given: Readonly<Record<string, string | number | boolean | undefined>>): Parameters {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Parameters;
}

function onOff(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "on" : "off";
}

/** Options of a bloom index. */
export interface BloomIndexOptions extends IndexOptions {
  /** The length of a signature in bits. */
  readonly length?: number;
  /** The number of bits for each column. */
  readonly columns?: readonly number[];
}

/** Tests many columns for equality at once. Needs the extension `bloom`. */
export class BloomIndex extends PostgresIndex<BloomIndexOptions> {
  static override readonly reference: string = "tsgo/contrib/postgres:BloomIndex";
  static override readonly suffix: string = "bloom";
  static override readonly method: string = "bloom";

  constructor(options: BloomIndexOptions) {
    super(options);
    if (options.columns !== undefined && options.columns.length > (options.fields ?? []).length)
      throw new FieldError("A BloomIndex cannot have more columns than fields.");
  }

  override get storageParameters(): Parameters {
    const { length, columns = [] } = this.options;
    return parameters({ length, ...Object.fromEntries(columns.map((bits, index) => [`col${index + 1}`, bits])) });
  }
}

/** Options of a BRIN index. */
export interface BrinIndexOptions extends IndexOptions {
  readonly autosummarize?: boolean;
  readonly pagesPerRange?: number;
}

/** Small, for columns that grow with the table: times of events. */
export class BrinIndex extends PostgresIndex<BrinIndexOptions> {
  static override readonly reference: string = "tsgo/contrib/postgres:BrinIndex";
  static override readonly suffix: string = "brin";
  static override readonly method: string = "brin";

  override get storageParameters(): Parameters {
    const { autosummarize, pagesPerRange } = this.options;
    return parameters({ autosummarize: onOff(autosummarize), pages_per_range: pagesPerRange });
  }
}

/** Options of a B-tree index. */
export interface BTreeIndexOptions extends IndexOptions {
  /** How full a page is made, in percent. */
  readonly fillfactor?: number;
  readonly deduplicateItems?: boolean;
}

/** The usual index, with its storage parameters. */
export class BTreeIndex extends PostgresIndex<BTreeIndexOptions> {
  static override readonly reference: string = "tsgo/contrib/postgres:BTreeIndex";
  static override readonly suffix: string = "btree";
  static override readonly method: string = "btree";

  override get storageParameters(): Parameters {
    const { fillfactor, deduplicateItems } = this.options;
    return parameters({ fillfactor, deduplicate_items: onOff(deduplicateItems) });
  }
}

/** Options of a GIN index. */
export interface GinIndexOptions extends IndexOptions {
  readonly fastupdate?: boolean;
  readonly ginPendingListLimit?: number;
}

/** For values made of others: arrays, JSON, stores of keys, search vectors. */
export class GinIndex extends PostgresIndex<GinIndexOptions> {
  static override readonly reference: string = "tsgo/contrib/postgres:GinIndex";
  static override readonly suffix: string = "gin";
  static override readonly method: string = "gin";

  override get storageParameters(): Parameters {
    const { fastupdate, ginPendingListLimit } = this.options;
    return parameters({ fastupdate: onOff(fastupdate), gin_pending_list_limit: ginPendingListLimit });
  }
}

/** Options of a GiST index. */
export interface GistIndexOptions extends IndexOptions {
  readonly buffering?: boolean;
  readonly fillfactor?: number;
}

/** For ranges and what lies near to each other. */
export class GistIndex extends PostgresIndex<GistIndexOptions> {
  static override readonly reference: string = "tsgo/contrib/postgres:GistIndex";
  static override readonly suffix: string = "gist";
  static override readonly method: string = "gist";

  override get storageParameters(): Parameters {
    const { buffering, fillfactor } = this.options;
    return parameters({ buffering: onOff(buffering), fillfactor });
  }
}

/** Options of a hash index. */
export interface HashIndexOptions extends IndexOptions {
  readonly fillfactor?: number;
}

/** For equality of one column alone. */
export class HashIndex extends PostgresIndex<HashIndexOptions> {
  static override readonly reference: string = "tsgo/contrib/postgres:HashIndex";
  static override readonly suffix: string = "hash";
  static override readonly method: string = "hash";

  override get storageParameters(): Parameters {
    return parameters({ fillfactor: this.options.fillfactor });
  }
}

/** Options of an SP-GiST index. */
export interface SpGistIndexOptions extends IndexOptions {
  readonly fillfactor?: number;
}

/** For values that divide a space unevenly: addresses of networks, texts by their beginnings. */
export class SpGistIndex extends PostgresIndex<SpGistIndexOptions> {
  static override readonly reference: string = "tsgo/contrib/postgres:SpGistIndex";
  static override readonly suffix: string = "spgist";
  static override readonly method: string = "spgist";

  override get storageParameters(): Parameters {
    return parameters({ fillfactor: this.options.fillfactor });
  }
}
