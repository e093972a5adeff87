/** All cases of the built contract suite against the built mock in this process. Prints the number of requests. */
import { runAll } from "../../dist/contracts/runner/run-all.js";
import { packagedSpec } from "../../dist/contracts/spec/spec-file.js";
import { controlTarget } from "../../dist/contracts/target/control-target.js";
import { createMock } from "../../dist/mocks/index.js";

const mock = createMock();
let requests = 0;
const counted = (url, init) => {
  requests += 1;
  return mock.fetch(url, init);
};
const source = () => controlTarget({ baseUrl: "http://ciam.test", fetch: counted });
const { summary } = await runAll(packagedSpec(), source, { seed: "bench", version: "bench" });
if (summary.passed !== summary.total) throw new Error(`not every case has passed: ${JSON.stringify(summary)}`);
process.stdout.write(`${requests}\n`);
