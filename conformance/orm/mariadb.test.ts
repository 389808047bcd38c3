import { describeRecordedCases } from "./recorded-cases.ts";

await describeRecordedCases("mariadb");
