import { describe, expect, test } from "vitest";

import { tokenize } from "./lexer.ts";

function shapes(source: string): string[] {
  return tokenize(source).map(({ type, contents, line }) => `${type}@${line}:${contents}`);
}

describe("a source", () => {
  test("is cut into text, variables, tags and comments", () => {
    expect(shapes("a{{ b|c }}\n{% d e %}{# f #}g")).toEqual([
      "text@1:a",
      "variable@1:b|c",
      "text@1:\n",
      "block@2:d e",
      "comment@2:f",
      "text@2:g",
    ]);
  });

  test("keeps what is no tag as text: broken marks, and marks over two lines", () => {
    expect(shapes("{% a\n%} {{ b } {%}")).toEqual(["text@1:{% a\n%} {{ b } {%}"]);
  });

  test("is not read between verbatim and the tag that ends it by name", () => {
    expect(shapes("{% verbatim x %}{{ a }}{% endverbatim %}{% endverbatim x %}{{ b }}")).toEqual([
      "block@1:verbatim x",
      "text@1:{{ a }}{% endverbatim %}",
      "block@1:endverbatim x",
      "variable@1:b",
    ]);
  });

  test("tells where each token stands", () => {
    const [, token] = tokenize("ab{{ c }}");
    expect(token).toMatchObject({ start: 2, end: 9 });
  });

  test("of a megabyte of opening marks is read in linear time", () => {
    expect(tokenize("{%".repeat(500_000))).toHaveLength(1);
    expect(tokenize(`${"{{ ".repeat(300_000)}\n}}`)).toHaveLength(1);
  });
});

test("the words of a tag keep strings and translated strings whole", () => {
  const [token] = tokenize(`{% url "a b" x='c d' _("e f") g|h:"i j" %}`);
  expect(token?.splitContents()).toEqual(["url", '"a b"', "x='c d'", '_("e f")', 'g|h:"i j"']);
});
