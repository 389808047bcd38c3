import type { NodeList } from "./nodes/node-list.ts";

/** The key under which a template keeps its partials in `extraData`. */
export const PARTIALS = "partials";

/** The parts of a template that `{% partialdef %}` made, by name. */
export type Partials = ReadonlyMap<string, NodeList>;
