import { type AppConfig, apps } from "@tsgo/core/apps";
import type { Signal } from "@tsgo/core/signals";

import type { MigrateEvent } from "../../signals/migrations.ts";

/**
 * Sends a signal for each app that has models, one after the other. The models of the event are made by `stateApps`, once
 * there is somebody to hear it: with many of them that takes its time.
 */
export async function emitMigrateSignal(
  signal: Signal<MigrateEvent>,
  event: Omit<MigrateEvent, "sender" | "appConfig" | "apps">,
  stateApps: () => MigrateEvent["apps"],
): Promise<void> {
  const heard = apps
    .getAppConfigs()
    .filter((appConfig: AppConfig) => appConfig.models.size > 0 && signal.hasListeners(appConfig));
  if (heard.length === 0) return;
  const made = stateApps();
  for (const appConfig of heard) await signal.asend({ ...event, apps: made, sender: appConfig, appConfig });
}
