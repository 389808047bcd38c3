import { defineConfig } from "vitest/config";

import { listingPlugin } from "./scripts/listings.ts";

// Packages are tested from their sources: the condition picks `src` where a user's Node picks `dist`.
const conditions = ["@tsgo/source"];

export default defineConfig({
  plugins: [listingPlugin()],
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "conformance/**/*.test.ts",
      "scripts/**/*.test.ts",
      "docs/**/*.test.ts",
      "docs/{topics,ref,howto}/**/*.md",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 20_000,
    pool: "forks",
    // Many files wait for processes and databases rather than compute.
    maxWorkers: 3,
    // References in settings are resolved by Node itself, which must find the same sources.
    execArgv: conditions.map((condition) => `--conditions=${condition}`),
  },
});
