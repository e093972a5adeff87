/** Prints how long each project's files took. They run side by side, so the sum is more than the time on the clock. */
import type { Reporter, TestModule } from "vitest/node";

interface Sum {
  files: number;
  milliseconds: number;
}

/** What a worker was busy with the file: loading its modules, its hooks and its tests. */
function busyWith(module: TestModule): number {
  const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } = module.diagnostic();
  return environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration;
}

// biome-ignore lint/style/noDefaultExport: vitest expects a reporter there.
export default class SecondsPerProject implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const sums = new Map<string, Sum>();
    for (const module of modules) {
      const sum = sums.get(module.project.name) ?? { files: 0, milliseconds: 0 };
      sum.files++;
      sum.milliseconds += busyWith(module);
      sums.set(module.project.name, sum);
    }
    const rows = [...sums].map(
      ([name, { files, milliseconds }]) =>
        `${name.padEnd(10)}${String(files).padStart(5)} files ${(milliseconds / 1_000).toFixed(1).padStart(8)} s`,
    );
    process.stdout.write(`\n${rows.join("\n")}\n`);
  }
}
