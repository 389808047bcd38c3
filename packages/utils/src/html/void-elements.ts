/** Elements that have no content and no end tag, the older ones included. */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr frame spacer".split(" "),
);
