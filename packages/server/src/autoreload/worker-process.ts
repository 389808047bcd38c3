import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import type { Socket } from "node:net";

import type { FromWorker, ToWorker } from "./messages.ts";

/** How to start a worker: the module it runs, and what `child_process.fork` needs to know besides. */
export interface WorkerEntry {
  readonly module: string;
  readonly options?: ForkOptions;
}

/** Whether a worker is wanted at once, or has time to load what its project will probably need. */
export type WorkerRole = "now" | "spare";

/** What the supervisor wants to hear of a worker. */
export interface WorkerEvents {
  onReady(worker: WorkerProcess, watch: readonly string[]): void;
  /** The worker will take no more connections: it broke, or its process ended. `left` are those it never took. */
  onGone(worker: WorkerProcess, left: readonly Socket[]): void;
}

// A request that is being answered may end in peace when its code is replaced; an endless stream may not go on for ever.
const RETIREMENT_MS = 3000;

/** A child process that serves, or waits for its turn with the framework loaded. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #events: WorkerEvents;
  // Handed over, but not heard of yet: a process that ends may take them with it.
  readonly #underWay = new Map<number, Socket>();
  #count = 0;

  constructor(entry: WorkerEntry, role: WorkerRole, events: WorkerEvents) {
    this.#events = events;
    this.#child = fork(entry.module, [role], entry.options);
    this.#child.on("message", (message: FromWorker) => this.#hear(message));
    this.#child.once("exit", () => this.#gone());
    this.#child.on("error", () => this.#gone());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Loads the project and serves it. */
  go(argv: readonly string[]): void {
    this.#send({ type: "go", argv });
  }

  /** Hands a connection over. */
  serve(socket: Socket): void {
    const id = (this.#count += 1);
    this.#underWay.set(id, socket);
    // Kept open here until it is known to have arrived; nothing is read from it.
    this.#child.send({ type: "connection", id } satisfies ToWorker, socket, { keepOpen: true }, () => undefined);
  }

  /** Tells of a changed file that needs no restart. */
  notify(path: string): void {
    this.#send({ type: "changed", path });
  }

  /** Lets the worker finish what it is answering and end. */
  retire(): void {
    this.#send({ type: "retire" });
    setTimeout(() => this.kill(), RETIREMENT_MS).unref();
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #hear(message: FromWorker): void {
    if (message.type === "ready") this.#events.onReady(this, message.watch);
    else if (message.type === "broken") this.#gone();
    else {
      this.#underWay.get(message.id)?.destroy();
      this.#underWay.delete(message.id);
    }
  }

  #gone(): void {
    const left = [...this.#underWay.values()];
    this.#underWay.clear();
    this.#events.onGone(this, left);
  }

  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}
