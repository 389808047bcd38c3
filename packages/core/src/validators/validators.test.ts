import { Temporal } from "temporal-polyfill";
import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";

import { ValidationError } from "../exceptions/index.ts";
import {
  DecimalValidator,
  EmailValidator,
  FileExtensionValidator,
  MaxLengthValidator,
  MaxValueValidator,
  MinValueValidator,
  RegexValidator,
  StepValueValidator,
  URLValidator,
  type Validator,
  cleanIpv6Address,
  intListValidator,
  validateDomainName,
  validateEmail,
  validateInteger,
  validateIpv46Address,
  validateIpv4Address,
  validateSlug,
  validateUnicodeSlug,
} from "./index.ts";

/** What a validator says of a value: its messages, or nothing. */
function complaints(validate: Validator, value: unknown): string[] {
  try {
    validate(value);
    return [];
  } catch (error) {
    if (error instanceof ValidationError) return error.messages;
    throw error;
  }
}

function isAccepted(validate: Validator, value: unknown): boolean {
  return complaints(validate, value).length === 0;
}

describe("limits", () => {
  test("compare numbers of every kind, dates and texts", () => {
    expect(complaints(MaxValueValidator(10), 11)).toEqual(["Ensure this value is less than or equal to 10."]);
    expect(isAccepted(MaxValueValidator(new Decimal("10.5")), 10.5)).toBe(true);
    expect(isAccepted(MinValueValidator(10n), 9)).toBe(false);
    const [earlier, later] = ["2024-01-01", "2024-01-02"].map((text) => Temporal.PlainDate.from(text));
    expect(earlier && later && isAccepted(MinValueValidator(later), earlier)).toBe(false);
    expect(() => complaints(MaxValueValidator(10), "x")).toThrow(TypeError);
  });

  test("are asked for when they are functions, and can be read by forms", () => {
    let limit = 1;
    const validator = MaxValueValidator(() => limit);
    expect(isAccepted(validator, 2)).toBe(false);
    limit = 3;
    expect(isAccepted(validator, 2)).toBe(true);
    expect(MaxLengthValidator(5).limitValue).toBe(5);
  });

  test("count code points", () => {
    expect(complaints(MaxLengthValidator(1), "🎉🎉")).toEqual([
      "Ensure this value has at most 1 character (it has 2).",
    ]);
  });

  test("of steps forgive what binary numbers cannot hold", () => {
    expect(isAccepted(StepValueValidator(0.1), 10.5)).toBe(true);
    expect(complaints(StepValueValidator(3, { offset: 1 }), 5)).toEqual([
      "Ensure this value is a multiple of step size 3, starting from 1, e.g. 1, 4, 7, and so on.",
    ]);
  });

  test("of decimals count the digits before and behind the point", () => {
    const validate = DecimalValidator(4, 2) as Validator;
    const messages = ["12.34", "0.001", "123", "12345", "NaN"].map((text) => complaints(validate, new Decimal(text)));
    expect(messages.flat()).toEqual([
      "Ensure that there are no more than 2 decimal places.",
      "Ensure that there are no more than 2 digits before the decimal point.",
      "Ensure that there are no more than 4 digits in total.",
      "Enter a number.",
    ]);
  });
});

test("words and codes of one's own are used", () => {
  const validate = RegexValidator(/^a/, { message: "No %(value)s.", code: "own" });
  expect(complaints(validate, "b")).toEqual(["No b."]);
  expect(isAccepted(RegexValidator(/x/g, { inverseMatch: true }), "y")).toBe(true);
});

test("a pattern without end answers the same each time", () => {
  const validate = RegexValidator(/x/g);
  expect([1, 2, 3].map(() => isAccepted(validate, "ax"))).toEqual([true, true, true]);
});

test("files are told by their endings", () => {
  const validate = FileExtensionValidator({ allowedExtensions: ["TXT"] });
  expect(
    ["a.txt", "a.TXT", "a.tar.gz", ".txt", "txt", "a.", "x/.txt"].map((name) => isAccepted(validate, { name })),
  ).toEqual([true, true, false, false, false, false, false]);
});

test.each(["example.com\n", "example.com\r\n", "exa\nmple.com", "example.com\u2028", "\nexample.com"])(
  "CVE-2026-53878: %j is no domain name",
  (name) => {
    expect(isAccepted(validateDomainName, name)).toBe(false);
    expect(isAccepted(validateDomainName, "example.com")).toBe(true);
  },
);

test("CVE-2023-36053: names with very many labels are refused by their length", () => {
  expect(isAccepted(validateEmail, `a@${"b.".repeat(500_000)}com`)).toBe(false);
  expect(isAccepted(URLValidator(), `http://example.${`${"a".repeat(63)}.`.repeat(1000)}com`)).toBe(false);
});

test.each(["127.0.0.01", "0177.0.0.1", "192.168.010.1", "1.2.3.04", "0x7f.0.0.1", "2130706433", "127.1"])(
  "CVE-2021-33571: %s is no address, nor is a URL with it",
  (address) => {
    expect(isAccepted(validateIpv4Address, address)).toBe(false);
    expect(isAccepted(validateIpv46Address, address)).toBe(false);
    expect(isAccepted(URLValidator(), `http://${address}/`)).toBe(false);
    expect(isAccepted(URLValidator(), "http://127.0.0.1/")).toBe(true);
  },
);

test.each([
  "http://www.example.com/\n",
  "http://[::ffff:192.9.5.5]\n",
  "http://exa\tmple.com",
  "http://example.com/\rSet-Cookie: a",
  "\nhttp://example.com",
])("CVE-2021-32052: %j is no URL", (url) => {
  expect(isAccepted(URLValidator(), url)).toBe(false);
});

test.each([`http://${"a-".repeat(1000)}!`, `http://a${".a".repeat(1000)}_`, "////]@N.AN", "#@A.bO"])(
  "CVE-2015-5145: what looks like a URL for long is refused (%#)",
  (url) => {
    expect(isAccepted(URLValidator(), url)).toBe(false);
  },
);

test.each<[Validator, string]>([
  [validateEmail, "a@b.com\n"],
  [validateEmail, "a\n@b.com"],
  [validateEmail, '"test@test"\n@example.com'],
  [validateEmail, "a@[127.0.0.1]\n"],
  [validateEmail, 'test@example.com\n\n<script src="x.js">'],
  [validateSlug, "trailing-newline\n"],
  [validateUnicodeSlug, "trailing-newline\n"],
  [validateIpv4Address, "1.1.1.1\n"],
  [validateInteger, "42\n"],
  [validateInteger, "\n42"],
  [intListValidator({ sep: "." }), "1.2.3\n"],
  [URLValidator(), "http://www.djangoproject.com/\n"],
])("CVE-2015-5144: a newline at the end is refused (%#)", (validate, value) => {
  expect(isAccepted(validate, value)).toBe(false);
});

test("mail reaches domains of every script, and those that are named", () => {
  expect(isAccepted(validateEmail, "a@é.com")).toBe(true);
  expect(isAccepted(validateEmail, "a@internal")).toBe(false);
  expect(isAccepted(EmailValidator({ allowlist: ["internal"] }), "a@internal")).toBe(true);
});

test("addresses of IPv6 are brought into their shortest form", () => {
  expect(cleanIpv6Address("2001:DB8:0::1")).toBe("2001:db8::1");
  expect(() => cleanIpv6Address("x")).toThrow("This is not a valid IPv6 address.");
});
