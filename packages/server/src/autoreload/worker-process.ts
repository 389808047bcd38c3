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
  /** The worker will take no more connections: it broke, or its process ended. */
  onGone(worker: WorkerProcess): void;
}

// A request that is being answered may end in peace when its code is replaced; an endless stream may not go on for ever.
const RETIREMENT_MS = 3000;

/** A child process that serves, or waits for its turn with the framework loaded. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #warm: Promise<void>;
  #hasServed = false;

  constructor(entry: WorkerEntry, role: WorkerRole, events: WorkerEvents) {
    this.#child = fork(entry.module, [role], entry.options);
    this.#warm = new Promise((resolve) => {
      this.#child.on("message", (message: FromWorker) => {
        if (message.type === "warm") resolve();
        else if (message.type === "ready") events.onReady(this, message.watch);
        else events.onGone(this);
      });
      this.#child.once("exit", () => {
        resolve();
        events.onGone(this);
      });
    });
    this.#child.on("error", () => events.onGone(this));
  }

  /** Resolves when the framework is loaded, or the process is gone. */
  get warm(): Promise<void> {
    return this.#warm;
  }

  get hasServed(): boolean {
    return this.#hasServed;
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
    this.#hasServed = true;
    // A worker that dies before the handle arrives takes the connection with it: nothing was answered, so it closes.
    this.#child.send({ type: "connection" } satisfies ToWorker, socket, (error) => {
      if (error) socket.destroy();
    });
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

  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}
