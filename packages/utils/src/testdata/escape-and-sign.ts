// Prints what the functions that keep attackers out make of a few values, so that two processes can be compared.

import { constantTimeCompare, saltedHmac } from "@tsgo/utils/crypto";
import { MultiValueDict } from "@tsgo/utils/datastructures";
import { conditionalEscape, formatHtml, jsonScript, stripTags, urlize } from "@tsgo/utils/html";
import { isSafe } from "@tsgo/utils/safestring";
import { Truncator, slugify } from "@tsgo/utils/text";
import { textForm } from "@tsgo/utils/text-form";

if (process.argv[2] === "polluted") {
  const values = {
    isSuperuser: true,
    safe: true,
    shell: "/bin/sh",
    env: { NODE_OPTIONS: "--require x" },
    status: 510,
    csrfExempt: true,
    asAttachment: true,
    debug: true,
    raw: "x",
    value: "<script>",
    autoescape: false,
    then: () => {},
  };
  for (const key of Reflect.ownKeys(values)) {
    Object.defineProperty(Object.prototype, key, {
      value: (values as Record<PropertyKey, unknown>)[key],
      configurable: true,
      writable: true,
      enumerable: true,
    });
  }
}

const results = [
  String(conditionalEscape("<b>")),
  String(isSafe({})),
  String(formatHtml("<i>{}</i>", "<b>")),
  String(jsonScript("</script>")),
  stripTags("<b>x</b>"),
  urlize("http://example.com/<b>", { autoescape: true }),
  new Truncator("<b>one two three</b>").words(2, {}),
  slugify("Ünï", {}),
  textForm([1, "<b>"]),
  String(constantTimeCompare("a", "b")),
  saltedHmac("salt", "value", "secret").toString("hex"),
  String(new MultiValueDict().has("isSuperuser")),
  String(new MultiValueDict().get("isSuperuser")),
];
process.stdout.write(JSON.stringify(results));
