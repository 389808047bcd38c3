export { EmptyPage, InvalidPage, PageNotAnInteger } from "./errors.ts";
export { Page, type PageFacts } from "./page.ts";
export {
  type ElidedRangeOptions,
  type Pageable,
  type PageableQuery,
  Paginator,
  type PaginatorOptions,
} from "./paginator.ts";
