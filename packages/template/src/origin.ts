/** Where the source of a template comes from. Django: `Origin`. */
export class Origin {
  /** The file, or what stands for one: `<unknown source>`. */
  readonly name: string;
  /** The name under which the template was asked for, where it was. */
  readonly templateName: string | undefined;
  /** The name of the loader that found it. */
  readonly loaderName: string;

  constructor(name: string, templateName?: string, loaderName = "") {
    this.name = name;
    this.templateName = templateName;
    this.loaderName = loaderName;
  }

  toString(): string {
    return this.name;
  }
}

/** The origin of templates made from a string. */
export const UNKNOWN_SOURCE = "<unknown source>";
