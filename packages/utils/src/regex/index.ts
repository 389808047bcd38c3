export { mayBacktrackExponentially } from "./backtracking.ts";
export { type CompiledRegex, type CompileOptions, compileRegex, compileTree } from "./compile.ts";
export { literalPrefix } from "./literal-prefix.ts";
export { NonReversibleRegexError, RegexError } from "./errors.ts";
export type { RegexTree } from "./nodes.ts";
export { type FormPart, normalize, type ReverseForm, reverseForms } from "./normalize.ts";
export { parseRegex } from "./parse.ts";
