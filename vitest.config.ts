import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Some tests start processes or install packages; none of them waits for time to pass.
    testTimeout: 30_000,
    // Many tests wait for a browser or a process, so the machine is kept busy rather than one core of it free.
    maxWorkers: "100%",
    // The gate reads the true counts from here.
    reporters: process.env["CI"] ? ["default", ["json", { outputFile: ".ci/results.json" }]] : ["default"],
  },
});
