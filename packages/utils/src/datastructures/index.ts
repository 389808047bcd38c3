export { CaseInsensitiveMapping } from "./case-insensitive-mapping.ts";
export { MultiValueDict, MultiValueDictKeyError, type MultiValueEntries } from "./multi-value-dict.ts";
