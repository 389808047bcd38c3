// What the compiler must know and catch in the use of utils.

import { markSafe } from "./safestring.ts";
import { MultiValueDict } from "./datastructures/index.ts";
import { iriToUri } from "./encoding/index.ts";
import { urlize } from "./html/index.ts";
import { Truncator } from "./text/index.ts";
import { format } from "./dateformat/index.ts";

export function uses(): void {
  const uri: string = iriToUri("/");
  const nothing: null = iriToUri(null);
  const dict = new MultiValueDict<number>([["a", [1]]]);
  const last: number | undefined = dict.get("a");
  const certain: number | string = dict.get("a", "x");
  urlize("x", { trimUrlLimit: 5 });
  format(new Date(), "Y", "UTC");
  new Truncator("x").words(2, { html: true });
  // @ts-expect-error -- a name may be missing
  const missing: number = dict.get("a");
  // @ts-expect-error -- options are spelled in camelCase
  urlize("x", { trim_url_limit: 5 });
  // @ts-expect-error -- a text is no date
  format("2024-01-01", "Y");
  // @ts-expect-error -- only text is safe or not
  markSafe(5);
  void [uri, nothing, last, certain, missing];
}
