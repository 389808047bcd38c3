import { expect, test } from "vitest";

import { parsePluralForms } from "./plural-forms.ts";

const russian =
  "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);";
const arabic =
  "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;\n";

test.each([
  ["nplurals=2; plural=(n != 1);", [0, 1, 2], [1, 0, 1]],
  ["nplurals=2; plural=n>1;", [0, 1, 2], [0, 0, 1]],
  ["nplurals=1; plural=0;", [0, 1, 5], [0, 0, 0]],
  [russian, [1, 21, 2, 24, 11, 5, 0, 111], [0, 0, 1, 1, 2, 2, 2, 2]],
  [arabic, [0, 1, 2, 3, 110, 11, 100], [0, 1, 2, 3, 3, 4, 5]],
  ["nplurals=2; plural=!(n - 1 + 0 * 2 / 1)", [1, 2], [1, 0]],
  ["nplurals=2; plural=n / 0 + n % 0", [5], [0]],
])("%s picks the right forms", (header, counts, forms) => {
  expect(counts.map(parsePluralForms(header))).toEqual(forms);
});

test("a head without a rule tells one from all else", () => {
  expect([0, 1, 2].map(parsePluralForms(""))).toEqual([1, 0, 1]);
});

test.each([
  "process.exit()",
  "n; import('x')".replace(";", ","),
  "(n",
  "n ? 1",
  "n ==",
  "m",
  "n = 1",
  "1 2",
  `${"(".repeat(2000)}n`,
])("NODE-62: %j is no rule, and is never run", (expression) => {
  expect(() => parsePluralForms(`nplurals=2; plural=${expression};`)).toThrow(SyntaxError);
});
