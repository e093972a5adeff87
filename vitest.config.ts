/** The tests by what they need: one project per folder of test/. test/README.md describes each of them. */
import { defineConfig } from "vitest/config";

interface Project {
  readonly name: string;
  /** By default the folder of the project's name. */
  readonly folders?: readonly string[];
  /** Whether each file gets modules of its own. Without that, a worker keeps its dev server and its browser for all files. */
  readonly isolate?: boolean;
  /** Some tests run every case, or share two cores with browsers. The limit only ends a test that hangs. */
  readonly timeoutMs?: number;
}

const projects: readonly Project[] = [
  { name: "unit", isolate: false },
  { name: "contract", folders: ["contracts", "foreign"], timeoutMs: 120_000 },
  { name: "adapters" },
  { name: "cli" },
  { name: "browser", isolate: false, timeoutMs: 120_000 },
  { name: "redis", timeoutMs: 120_000 },
  { name: "package" },
  { name: "matrix" },
  { name: "mutants" },
];

const SECONDS = "./test/support/shared/seconds.ts";

export default defineConfig({
  test: {
    projects: projects.map(({ name, folders = [name], isolate = true, timeoutMs = 30_000 }) => ({
      extends: true as const,
      test: {
        name,
        isolate,
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
        include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
      },
    })),
    globalSetup: "test/support/shared/set-up.ts",
    // Many tests wait for a browser or a process, so the machine is kept busy rather than one core of it free.
    maxWorkers: "100%",
    // The gate reads the true counts from here.
    reporters: process.env["CI"]
      ? ["default", SECONDS, ["json", { outputFile: ".ci/results.json" }]]
      : ["default", SECONDS],
  },
});
