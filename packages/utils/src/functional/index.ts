export { LazyText } from "./lazy-text.ts";
