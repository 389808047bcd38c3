import { defineConfig } from "vitest/config";

// Packages are tested from their sources: the condition picks `src` where a user's Node picks `dist`.
const conditions = ["@tsgo/source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "conformance/**/*.test.ts", "scripts/**/*.test.ts", "docs/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 20_000,
    pool: "forks",
  },
});
