// White space between tags.

import { SPACE } from "../text/whitespace.ts";

const GAP = new RegExp(`>[${SPACE}]+<`, "gu");

/** Takes out the white space between tags; what stands beside text stays. Django: `strip_spaces_between_tags`. */
export function stripSpacesBetweenTags(html: string): string {
  return html.replaceAll(GAP, "><");
}
