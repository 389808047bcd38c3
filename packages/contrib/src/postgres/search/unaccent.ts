import { type Field, TextField, Transform } from "@tsgo/orm/models";

/** `unaccent`: the text without accents. Needs the extension `unaccent` (operation `UnaccentExtension`). */
export class Unaccent extends Transform<string> {
  static override readonly lookupName: string = "unaccent";
  override readonly function = "UNACCENT";
  protected override resolveOutputField(): Field {
    return new TextField.Class();
  }
}
