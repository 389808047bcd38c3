// Transforms of dates and times in lookups: `pubDate__year`, `pubDate__date__gt`.

import { FieldError } from "@tsgo/core/exceptions";

import type { Expression } from "../expressions/expression.ts";
import { describeValue } from "../fields/field.ts";
import {
  Extract,
  ExtractDay,
  ExtractHour,
  ExtractIsoWeekDay,
  ExtractIsoYear,
  ExtractMinute,
  ExtractMonth,
  ExtractQuarter,
  ExtractSecond,
  ExtractWeek,
  ExtractWeekDay,
  ExtractYear,
  TruncDate,
  TruncTime,
  checkedZone,
} from "../functions/dates.ts";
import { startOfDay } from "../fields/dates.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";
import { Temporal } from "../values/temporal.ts";
import { Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual } from "./comparison.ts";
import type { LookupClass } from "./lookup.ts";
import type { TransformClass } from "./transform.ts";

type Entry = LookupClass | TransformClass;

const DATE_PARTS: readonly TransformClass[] = [
  YearTransform(),
  IsoYearTransform(),
  ExtractQuarter,
  ExtractMonth,
  ExtractDay,
  ExtractWeek,
  ExtractWeekDay,
  ExtractIsoWeekDay,
];
const CLOCK_PARTS: readonly TransformClass[] = [ExtractHour, ExtractMinute, ExtractSecond];

const table: Readonly<Record<string, ReadonlyMap<string, Entry>>> = {
  DateField: byName(DATE_PARTS),
  DateTimeField: byName([...DATE_PARTS, ...CLOCK_PARTS, TruncDate, TruncTime]),
  TimeField: byName(CLOCK_PARTS),
};
const NONE: ReadonlyMap<string, Entry> = new Map();

function byName(entries: readonly TransformClass[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.lookupName, entry]));
}

/** The lookups that fields of a type have beside those of all fields. */
export function dateLookups(internalType: string): ReadonlyMap<string, Entry> {
  return table[internalType] ?? NONE;
}

// A year is a range of dates, which an index on the column can answer.
function YearTransform(): TransformClass {
  return class YearPart extends ExtractYear {
    getLookup(name: string): LookupClass | undefined {
      return YEAR_LOOKUPS.get(name);
    }
  };
}

function IsoYearTransform(): TransformClass {
  return class IsoYearPart extends ExtractIsoYear {
    getLookup(name: string): LookupClass | undefined {
      return YEAR_LOOKUPS.get(name);
    }
  };
}

type Bounds = readonly [low: unknown, high: unknown];

function yearBounds(lhs: Expression, value: unknown, iso: boolean, compiler: SqlCompiler): Bounds | undefined {
  if (!(lhs instanceof Extract) || typeof value !== "number") return undefined;
  if (value < 1 || value > 9999) return undefined;
  const source = lhs.lhs.outputField.outputField;
  const first = iso ? isoYearStart(value) : Temporal.PlainDate.from({ year: value, month: 1, day: 1 });
  const next = iso ? isoYearStart(value + 1) : Temporal.PlainDate.from({ year: value + 1, month: 1, day: 1 });
  if (source.internalType === "DateTimeField") {
    const zone = checkedZone(lhs.tzinfo);
    const end = new Date(startOfDay(next, zone).getTime() - 1);
    return [
      source.getDbPrepValue(startOfDay(first, zone), compiler.connection, true),
      compiler.connection.operations.adaptEndOfRange(end),
    ];
  }
  return [
    source.getDbPrepValue(first, compiler.connection, true),
    source.getDbPrepValue(next.subtract({ days: 1 }), compiler.connection, true),
  ];
}

function isoYearStart(year: number) {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  return fourth.subtract({ days: fourth.dayOfWeek - 1 });
}

function checkYearValue(value: unknown): void {
  if (typeof value === "number" && (value < 0 || value > 9999))
    throw new FieldError(`${describeValue(value)} is not a year from 1 to 9999.`);
}

type Compare = (lhs: string, low: string, high: string) => readonly [sql: string, uses: "both" | "low" | "high"];

function yearLookup(base: LookupClass, compare: Compare): LookupClass {
  return class extends (base as unknown as typeof Exact) {
    static override readonly lookupName: string = base.lookupName;

    override compile(compiler: SqlCompiler): Sql {
      checkYearValue(this.rhs);
      const iso = this.lhs instanceof ExtractIsoYear;
      const bounds = yearBounds(this.lhs, this.rhs, iso, compiler);
      if (bounds === undefined) return super.compile(compiler);
      const column = compiler.compile((this.lhs as Extract).lhs);
      const low = compiler.parameter(bounds[0]);
      const high = compiler.parameter(bounds[1]);
      const [sql, uses] = compare(column.sql, low.sql, high.sql);
      const params = uses === "both" ? [...low.params, ...high.params] : uses === "low" ? low.params : high.params;
      return { sql, params: [...column.params, ...params] };
    }
  };
}

const YEAR_LOOKUPS: ReadonlyMap<string, LookupClass> = new Map([
  ["exact", yearLookup(Exact, (lhs, low, high) => [`${lhs} BETWEEN ${low} AND ${high}`, "both"])],
  ["gt", yearLookup(GreaterThan, (lhs, _low, high) => [`${lhs} > ${high}`, "high"])],
  ["gte", yearLookup(GreaterThanOrEqual, (lhs, low) => [`${lhs} >= ${low}`, "low"])],
  ["lt", yearLookup(LessThan, (lhs, low) => [`${lhs} < ${low}`, "low"])],
  ["lte", yearLookup(LessThanOrEqual, (lhs, _low, high) => [`${lhs} <= ${high}`, "high"])],
]);
