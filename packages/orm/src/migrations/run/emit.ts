import { type AppConfig, apps } from "@tsgo/core/apps";
import type { Signal } from "@tsgo/core/signals";

import type { MigrateEvent } from "../../signals/migrations.ts";

/** Sends a signal for each app that has models, one after the other. */
export async function emitMigrateSignal(
  signal: Signal<MigrateEvent>,
  event: Omit<MigrateEvent, "sender" | "appConfig">,
): Promise<void> {
  const withModels = apps.getAppConfigs().filter((app: AppConfig) => app.models.size > 0);
  for (const appConfig of withModels) await signal.asend({ ...event, sender: appConfig, appConfig });
}
