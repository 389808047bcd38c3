import { TsgoError } from "../exceptions/base.ts";

/** Parent of what a page number can be refused with. Django: `InvalidPage`. */
export class InvalidPage extends TsgoError {}

/** The page number is no integer. Django: `PageNotAnInteger`. */
export class PageNotAnInteger extends InvalidPage {
  constructor(message: string) {
    super(message, { code: "page_not_an_integer" });
  }
}

/** There is no such page, or nothing on it. Django: `EmptyPage`. */
export class EmptyPage extends InvalidPage {
  constructor(message: string) {
    super(message, { code: "empty_page" });
  }
}
