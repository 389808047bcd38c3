import { settings } from "@tsgo/core/conf";
import { importModule } from "@tsgo/core/loading";
import type { AroundView } from "@tsgo/middleware";

/** Stands in `orm`, beside this package, and is found by reference, so that a site without databases never loads it. */
const DB = "tsgo/db";

/** What calls views in the transactions that ATOMIC_REQUESTS asks for; undefined where no database does. */
export async function loadAtomicView(): Promise<AroundView | undefined> {
  if (!Object.values(settings.DATABASES).some(({ ATOMIC_REQUESTS }) => ATOMIC_REQUESTS === true)) return undefined;
  const { atomicView } = await importModule(DB);
  return atomicView as AroundView;
}
