// Texts that compare without regard to case. They need the extension `citext` (operation `CITextExtension`).

import type { DatabaseWrapper } from "@tsgo/orm/db";
import { CharField, EmailField, TextField } from "@tsgo/orm/models";

import { requirePostgresql } from "./inner.ts";

function citext(connection: DatabaseWrapper): string {
  requirePostgresql("citext", connection);
  return "citext";
}

/** A text of any length that compares without regard to case. */
export class CITextField<T = string, Optional extends boolean = boolean> extends TextField.Class<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:CITextField()";
  override dbType(connection: DatabaseWrapper): string {
    return citext(connection);
  }
}

/** A text of at most `maxLength` characters that compares without regard to case. */
export class CICharField<T = string, Optional extends boolean = boolean> extends CharField.Class<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:CICharField()";
  override dbType(connection: DatabaseWrapper): string {
    return citext(connection);
  }
}

/** An e-mail address that compares without regard to case. */
export class CIEmailField<T = string, Optional extends boolean = boolean> extends EmailField.Class<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:CIEmailField()";
  override dbType(connection: DatabaseWrapper): string {
    return citext(connection);
  }
}
