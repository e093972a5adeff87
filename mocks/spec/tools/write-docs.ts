/** Writes the generated tables of docs/reference/. Runs after generate.ts, whose modules it imports. A development tool. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { controlTables } from "./control-table.ts";
import { errorTable, magicTable } from "./error-tables.ts";
import { writeSections } from "./generated-section.ts";
import { policyTables } from "./policy-table.ts";
import { readSpec } from "./read-spec.ts";

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);
const page = (name: string) => at(`docs/reference/${name}.md`);

/** What the command prints as its help. Started as a user starts it: nothing here imports the command line. */
async function help(...args: readonly string[]): Promise<string> {
  const command = fileURLToPath(at("cli/main.ts"));
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...args, "--help"]);
  return `\`\`\`text\n${stdout.trim()}\n\`\`\``;
}

const spec = await readSpec(at("openapi.yaml"));
await writeSections(page("errors"), { errors: errorTable(spec) });
await writeSections(page("magic-values"), { "magic values": magicTable(spec) });
await writeSections(page("policy"), { policy: policyTables() });
await writeSections(page("control-protocol"), {
  "control calls": controlTables(await readFile(at("contracts/control.yaml"), "utf8")),
});
await writeSections(page("cli"), { "cli serve": await help(), "cli verify": await help("verify") });
