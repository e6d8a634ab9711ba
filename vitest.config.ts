import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/**
 * Three projects: `unit` needs nothing, `dom` renders components, `it` talks to a real PostgreSQL and a real broker.
 * The services of `it` are started for the run; a developer may name running ones instead, see server/testing.
 */
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["{server,components,scripts,bench,app}/**/*.test.ts"],
          exclude: ["**/*.it.test.ts", "**/node_modules/**", "server/generated/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "happy-dom",
          include: ["{components,app}/**/*.test.tsx"],
          setupFiles: ["server/testing/dom-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "it",
          environment: "node",
          include: ["{server,scripts,app}/**/*.it.test.ts"],
          globalSetup: ["server/testing/global-setup.ts"],
          provide: {
            given: {
              databaseUrl: process.env.TEST_DATABASE_URL ?? "",
              brokers: process.env.TEST_KAFKA_BROKERS ?? "",
              ownBrokers: process.env.TEST_OWN_BROKERS ?? "",
            },
            kills: Number(process.env.TEST_KILLS ?? 5),
          },
          // Real services on a small machine: a suite may wait for a rebalance or a checkpoint.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // They wait more than they work.
          maxWorkers: 3,
          // A number of workers of its own needs a place of its own: after the projects that need no services.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
