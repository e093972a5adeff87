/** Who may import whom. Imports run one way, from the top of each list to the bottom; types count as imports. */

/** The folders and files that each part may import, beside itself. `npm:` is any package, `node:` any module of Node. */
const parts = {
  "mocks/core": [],
  "mocks/spec": [],
  "mocks/http": ["mocks/core", "mocks/spec"],
  "mocks/dialect-kit": ["mocks/core", "mocks/http", "mocks/spec"],
  "mocks/dialects/bamboocloud": ["mocks/core", "mocks/http", "mocks/spec", "mocks/dialect-kit", "npm:"],
  "mocks/dialects/genauth": ["mocks/core", "mocks/http", "mocks/spec", "mocks/dialect-kit", "npm:"],
  "mocks/engine": ["mocks/core", "mocks/http", "mocks/spec", "mocks/dialect-kit", "npm:"],
  "mocks/control": [
    "mocks/core",
    "mocks/http",
    "mocks/spec",
    "mocks/dialect-kit",
    "mocks/engine",
    "mocks/lib/slices.ts",
    "npm:",
  ],
  "mocks/stores/memory.ts": ["mocks/core", "mocks/lib/slices.ts"],
  "mocks/stores/browser": ["mocks/core", "mocks/stores/memory.ts"],
  "mocks/stores/redis": ["mocks/core", "mocks/lib/slices.ts", "npm:", "node:"],
  "mocks/lib": ["mocks/core", "npm:"],
  "mocks/client": ["mocks/http", "mocks/spec", "mocks/control"],
  "mocks/adapters": [
    "mocks/http",
    "mocks/mock.ts",
    "mocks/client",
    "mocks/lib/visible-text.ts",
    "mocks/lib/slices.ts",
    "mocks/stores/browser/browser-store.ts",
    "npm:",
    "node:",
  ],
  "mocks/ui": ["mocks/mock.ts", "mocks/client", "mocks/spec/control-types.gen.ts"],
  "contracts/target": ["npm:", "node:"],
  "contracts/reports": ["npm:"],
  "contracts/spec": ["contracts/target", "contracts/reports/report.ts", "npm:", "node:"],
  "contracts/world": ["contracts/target", "contracts/spec", "contracts/reports/report.ts", "npm:"],
  "contracts/cases": ["contracts/target", "contracts/world", "contracts/spec/basis.ts", "contracts/reports/report.ts"],
};

const exactly = (path) => path.replace(/[.]/g, "\\.");
const below = (path) => (path.endsWith(".ts") ? `^${exactly(path)}$` : `^${path}/`);

/** A part imports itself and what its row lists. */
const rowsOfTheTable = Object.entries(parts).flatMap(([part, allowed]) => {
  const local = [part, ...allowed.filter((name) => !name.endsWith(":"))].map(below);
  const from = { path: below(part), pathNot: "/tools/" };
  const name = part.replaceAll("/", "-");
  const rule = (suffix, to) => ({ name: `${name}-${suffix}`, severity: "error", from, to });
  return [
    rule("imports", { path: "^(cli|mocks|contracts|test)/", pathNot: local }),
    ...(allowed.includes("npm:") ? [] : [rule("packages", { dependencyTypes: ["npm", "npm-dev", "npm-peer"] })]),
    ...(allowed.includes("node:") ? [] : [rule("node", { dependencyTypes: ["core"] })]),
  ];
});

export default {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "the-suite-shares-nothing-with-the-mock",
      severity: "error",
      from: { path: "^contracts/" },
      to: { path: "^mocks/" },
    },
    { name: "the-mock-knows-no-suite", severity: "error", from: { path: "^mocks/" }, to: { path: "^contracts/" } },
    {
      name: "nothing-imports-the-command-line",
      severity: "error",
      from: { path: "^(mocks|contracts)/" },
      to: { path: "^cli/" },
    },
    {
      name: "the-product-imports-no-test",
      severity: "error",
      from: { path: "^(cli|mocks|contracts)/" },
      to: { path: "^test/" },
    },
    {
      name: "the-root-of-the-mock-knows-no-adapter",
      severity: "error",
      from: { path: "^mocks/[^/]+\\.ts$" },
      to: { path: "^mocks/(adapters|ui)/" },
    },
    ...rowsOfTheTable,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^contracts/examples/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".js", ".json"], conditionNames: ["import", "node", "default"] },
  },
};
