// Gives the fields their lookups. Importing this module is what it is for.

import { registerLookup } from "@tsgo/orm/models";

import { arrayLookups } from "../lookups/array.ts";
import { hstoreLookups } from "../lookups/hstore.ts";
import { rangeLookups } from "../lookups/ranges.ts";
import { SearchExact, SearchLookup } from "../lookups/search.ts";
import { ArrayField } from "./array.ts";
import { HStoreField } from "./hstore.ts";
import { RangeField } from "./ranges.ts";
import { SearchVectorField } from "./search-vector.ts";

for (const entry of arrayLookups) registerLookup(ArrayField, entry);
for (const entry of hstoreLookups) registerLookup(HStoreField, entry);
for (const entry of rangeLookups) registerLookup(RangeField, entry);
for (const entry of [SearchLookup, SearchExact]) registerLookup(SearchVectorField, entry);
