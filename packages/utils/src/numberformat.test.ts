import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";

import { scaledDecimal } from "./decimal.ts";
import { format } from "./numberformat.ts";
import { isSafe } from "./safestring.ts";

describe("formatting numbers", () => {
  const grouped = { grouping: 3, thousandSep: ",", useGrouping: true };

  test("groups digits, and cuts or fills decimals", () => {
    expect(format(1_234_567.891, ".", { ...grouped, decimalPos: 2 })).toBe("1,234,567.89");
    expect(format(-1234, ",", { ...grouped, thousandSep: ".", decimalPos: 1 })).toBe("-1.234,0");
    expect(format("123456789", ".", { ...grouped, grouping: [3, 2, 0] })).toBe("12,34,56,789");
    expect(format(999, ".", grouped)).toBe("999");
  });

  test("keeps the zeros of a decimal that remembers them", () => {
    expect(format(scaledDecimal("1234.50"), ".", grouped)).toBe("1,234.50");
    expect(String(scaledDecimal("1.5", 2))).toBe("1.50");
    expect(JSON.stringify(scaledDecimal("1.50"))).toBe('"1.50"');
    expect(String(scaledDecimal("1.50").plus("1"))).toBe("2.5");
  });

  test("writes numbers that JavaScript shows with an exponent in full", () => {
    expect(format(1e21, ".", {})).toBe("1000000000000000000000");
    expect(format(1e-7, ".", {})).toBe("0.0000001");
    expect(format(1e-7, ".", { decimalPos: 2 })).toBe("0.00");
  });

  test("integers that need nothing are safe for HTML", () => {
    expect(isSafe(format(12, "."))).toBe(true);
    expect(isSafe(format(12, ".", { decimalPos: 1 }))).toBe(false);
  });

  test("CVE-2019-6975: more than 200 digits are written with an exponent", () => {
    expect(format(new Decimal("1e1000000"), ".")).toBe("1e+1000000");
    expect(format(new Decimal("-1e-1000000"), ".")).toBe("-1e-1000000");
    expect(format(new Decimal("1e1000000"), ".", { decimalPos: 2, ...grouped })).toBe("1.00e+1000000");
    expect(format(new Decimal("1".repeat(100_000)), ".")).toMatch(/^1\.1+e\+99999$/);
    expect(format(new Decimal("1e199"), ".")).toHaveLength(200);
  });
});
