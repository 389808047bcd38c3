// Sessions between two statements. The way back into the pool and out of it again takes longer than many a statement; so a
// session that was just used waits here for the next one, and goes back when nobody came.

import type { Session } from "./session.ts";

/** How long a session stays out of the pool, in milliseconds: the pool must come to count its age and idle time. */
const LONGEST = 1000;

/** A session that was taken out of the pool. */
export interface Lease {
  readonly session: Session;
  /** When that was. */
  readonly since: number;
}

export class SpareSessions {
  readonly #giveBack: (session: Session) => Promise<void>;
  #spare: Lease[] = [];
  #isTimed = false;

  constructor(giveBack: (session: Session) => Promise<void>) {
    this.#giveBack = giveBack;
  }

  /** How many wait. */
  get count(): number {
    return this.#spare.length;
  }

  /** The one that was used last, if it still lives. */
  take(): Lease | undefined {
    for (let lease = this.#spare.pop(); lease !== undefined; lease = this.#spare.pop()) {
      if (!lease.session.isLost) return lease;
      void this.#giveBack(lease.session);
    }
    return undefined;
  }

  /** Lets a session wait for the next statement. False where it must go back to the pool. */
  keep(lease: Lease): boolean {
    if (Date.now() - lease.since > LONGEST) return false;
    this.#spare.push(lease);
    if (!this.#isTimed) this.#giveBackLater();
    return true;
  }

  #giveBackLater(): void {
    this.#isTimed = true;
    setTimeout(() => {
      this.#isTimed = false;
      void this.giveAllBack();
    }, LONGEST).unref();
  }

  /** Puts all into the pool. */
  async giveAllBack(): Promise<void> {
    const spare = this.#spare;
    this.#spare = [];
    await Promise.all(spare.map(({ session }) => this.#giveBack(session)));
  }
}
