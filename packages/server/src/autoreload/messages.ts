// What the two processes of the development server say to each other.

/** From the supervisor to a worker. A `connection` carries the socket as its handle. */
export type ToWorker =
  | { readonly type: "go"; readonly argv: readonly string[] }
  | { readonly type: "connection"; readonly id: number }
  | { readonly type: "changed"; readonly path: string }
  | { readonly type: "retire" };

/** From a worker to the supervisor. */
export type FromWorker =
  /** The connection of that id has arrived. */
  | { readonly type: "accepted"; readonly id: number }
  /** Connections are welcome. `watch` names the folders outside the project that matter to it. */
  | { readonly type: "ready"; readonly watch: readonly string[] }
  /** The worker cannot serve any longer (an exception that nobody caught) and wants a successor. */
  | { readonly type: "broken" };
