import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import { connections } from "./connections.ts";
import {
  atomic,
  getRollback,
  inAtomicBlock,
  onCommit,
  savepoint,
  savepointRollback,
  setRollback,
} from "./transaction.ts";
import { TransactionManagementError } from "../exceptions.ts";
import { Group, pollsModels } from "../testdata/polls.ts";
import { useDatabase } from "../testdata/database.ts";

const log = useDatabase("polls", ...pollsModels);

const add = (name: string): Promise<Group> => Group.objects.create({ name });
const names = async (): Promise<string[]> => (await Group.objects.orderBy("name")).map((group) => group.name);

describe("atomic", () => {
  test("keeps all or nothing", async () => {
    await atomic(() => add("a"));
    await expect(
      atomic(async () => {
        await add("b");
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await names()).toEqual(["a"]);
    expect(inAtomicBlock()).toBe(false);
  });

  test("undoes a nested block alone", async () => {
    await atomic(async () => {
      await add("a");
      await atomic(async () => {
        await add("b");
        throw new Error("no");
      }).catch(() => undefined);
      await add("c");
    });
    expect(await names()).toEqual(["a", "c"]);
  });

  test("is broken by an error of the database that was caught inside of it", async () => {
    await add("a");
    await atomic(async () => {
      await add("b");
      await add("a").catch(() => undefined);
      expect(getRollback()).toBe(true);
      await expect(add("c")).rejects.toThrow(TransactionManagementError);
    });
    expect(await names()).toEqual(["a"]);
  });

  test("can be told to go back, to a savepoint or altogether", async () => {
    await atomic(async () => {
      await add("a");
      const here = await savepoint();
      await add("b");
      await savepointRollback(here);
      await add("c");
    });
    expect(await names()).toEqual(["a", "c"]);
    await atomic(async () => {
      await add("d");
      setRollback(true);
    });
    expect(await names()).toEqual(["a", "c"]);
  });

  test("is the outermost where it must be durable", async () => {
    await atomic(() => expect(atomic(() => add("a"), { durable: true })).rejects.toThrow(TransactionManagementError));
    await atomic(() => add("b"), { durable: true });
    expect(await names()).toEqual(["b"]);
  });
});

function fail(): void {
  throw new Error("hook");
}

describe("onCommit", () => {
  test("runs in order after the commit, and not after a rollback", async () => {
    const seen: string[] = [];
    await atomic(async () => {
      await onCommit(() => seen.push("first"));
      await atomic(async () => {
        await onCommit(() => seen.push("undone"));
        throw new Error("no");
      }).catch(() => undefined);
      await onCommit(() => seen.push("second"));
      seen.push("inside");
    });
    await onCommit(() => seen.push("at once"));
    expect(seen).toEqual(["inside", "first", "second", "at once"]);
  });

  test("goes on after a robust one failed, and stops after another", async () => {
    const seen: string[] = [];
    await atomic(async () => {
      await onCommit(fail, { robust: true });
      await onCommit(() => seen.push("after robust"));
    });
    await expect(
      atomic(async () => {
        await onCommit(fail);
        await onCommit(() => seen.push("never"));
      }),
    ).rejects.toThrow("hook");
    expect(seen).toEqual(["after robust"]);
  });
});

describe("work that outlives its block", () => {
  test("NODE-55: is refused, and never takes part in another's transaction", async () => {
    let late: Promise<unknown> | undefined;
    let open: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await atomic(async () => {
      await add("in time");
      late = gate.then(() => add("late"));
      late.catch(() => undefined);
    });
    await expect(
      atomic(async () => {
        open?.();
        await expect(late).rejects.toThrow(TransactionManagementError);
        await add("other");
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await names()).toEqual(["in time"]);
  });

  test("NODE-55: a timer of a block that ended is refused", async () => {
    let late: Promise<unknown> = Promise.resolve();
    await atomic(async () => {
      late = turn()
        .then(turn)
        .then(() => add("timer"));
      late.catch(() => undefined);
    });
    await expect(late).rejects.toThrow(TransactionManagementError);
    expect(await names()).toEqual([]);
  });

  test("NODE-55: blocks side by side undo their own work alone", async () => {
    await atomic(async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 6 }, (_value, index) =>
          atomic(async () => {
            await add(`n${index}`);
            await turn();
            if (index % 2 === 1) throw new Error("no");
          }),
        ),
      );
      expect(results.filter(({ status }) => status === "rejected")).toHaveLength(3);
    });
    expect(await names()).toEqual(["n0", "n2", "n4"]);
  });

  test("NODE-55: a thousand rounds with failures leave every connection free", async () => {
    for (let round = 0; round < 1000; round += 1) {
      await atomic(async () => {
        if (round % 3 === 0) throw new Error("no");
        if (round % 3 === 1) setRollback(true);
      }).catch(() => undefined);
    }
    log.length = 0;
    await Promise.all([add("a"), atomic(() => add("b")), connections.get().withConnection(() => add("c"))]);
    expect(await names()).toEqual(["a", "b", "c"]);
  });
});
