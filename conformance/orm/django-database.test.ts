// Tables that Django made, read and written without any migration.

import { describeRecordedCases } from "./recorded-cases.ts";
import { djangoDdl } from "./recorded-names.ts";

await describeRecordedCases("sqlite", { ddl: djangoDdl, topics: ["queries-random", "writes"] });
