import type { Constraint } from "./constraints/constraint.ts";
import type { Index } from "./indexes.ts";
import type { ModelClass } from "./model.ts";

/** The options of a model, given as `static meta`. Names answer to those of Django's `class Meta`. */
export interface MetaOptions {
  readonly abstract?: boolean;
  /** The app, for a model that no app's models file exports. */
  readonly appLabel?: string;
  readonly baseManagerName?: string;
  readonly dbTable?: string;
  readonly dbTableComment?: string;
  /** The tablespace of the table, and of its indexes where they name none; DEFAULT_TABLESPACE unless given. */
  readonly dbTablespace?: string;
  readonly defaultManagerName?: string;
  readonly defaultPermissions?: readonly string[];
  readonly defaultRelatedName?: string;
  readonly getLatestBy?: string | readonly string[];
  readonly indexes?: readonly Index[];
  readonly constraints?: readonly Constraint[];
  readonly managed?: boolean;
  readonly ordering?: readonly unknown[];
  readonly orderWithRespectTo?: string;
  readonly permissions?: readonly (readonly [string, string])[];
  readonly proxy?: boolean;
  /** Features that a database must have for the table to be made there, by their names in `connection.features`. */
  readonly requiredDbFeatures?: readonly string[];
  /** The only family of databases on which the table is made: `"sqlite"`, `"postgresql"` or `"mysql"`. */
  readonly requiredDbVendor?: string;
  readonly selectOnSave?: boolean;
  readonly swappable?: string;
  readonly uniqueTogether?: readonly string[] | readonly (readonly string[])[];
  readonly verboseName?: string;
  readonly verboseNamePlural?: string;
  /** The model for whose many-to-many field this one was made. */
  readonly autoCreated?: ModelClass;
}
