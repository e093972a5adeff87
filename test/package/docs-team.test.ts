/** The guide for a team: its commands start two servers over one Redis, and its snippet runs. */
import { createRequire } from "node:module";
import { expect, onTestFinished, test } from "vitest";
import { linkedProject } from "../support/package/linked-project.ts";
import { packedForTests } from "../support/package/packed.ts";
import { block } from "../support/package/readme.ts";
import { running } from "../support/package/scratch.ts";
import { balancer } from "../support/redis/balancer.ts";
import { redisServer } from "../support/redis/redis.ts";

const MINUTES = 60_000;
const GUIDE = "docs/guides/team.md";
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const EXAMPLE = "redis://127.0.0.1:6379/0";

const pack = packedForTests();

test("the two servers of the guide are one mock behind a balancer", { timeout: MINUTES }, async (context) => {
  const redis = await redisServer(context);
  expect(await block("team: install", "sh", GUIDE)).toBe("npm install ciam-testkit @redis/client\n");
  const { folder, env } = await linkedProject(pack(), "@redis/client");
  const start = (await block("team: servers", "sh", GUIDE))
    .replace(EXAMPLE, redis.url)
    .replace(/--port \d+/g, "--port 0");
  const token = 'echo "token $CIAM_TESTKIT_CONTROL_TOKEN"';
  const servers = running("bash", ["-c", `${start}${token}\nwait`], { cwd: folder, env });
  await expect.poll(() => servers.printed().match(/inspector/g), { timeout: MINUTES }).toHaveLength(2);
  const urls = [...servers.printed().matchAll(/is ready at (\S+)/g)].map(([, url]) => String(url));
  const { url, close } = await balancer(urls);
  onTestFinished(close);

  const [, secret = ""] = /token (\S+)/.exec(servers.printed()) ?? [];
  const shell = async (command: string) => {
    const text = command.replaceAll("http://127.0.0.1:4010", url);
    const called = running("bash", ["-c", text], { cwd: folder, env: { ...env, CIAM_TESTKIT_CONTROL_TOKEN: secret } });
    return { code: await called.ended, printed: called.printed() };
  };
  expect(await shell(await block("team: health", "sh", GUIDE))).toMatchObject({ code: 0 });
  const opened = await shell(await block("team: sandbox", "sh", GUIDE));
  expect({ ...opened, printed: JSON.parse(opened.printed) }).toEqual({ code: 0, printed: { client_id: "anna" } });
  for (const server of urls) {
    const asked = (headers: Record<string, string>) => fetch(`${server}/__testkit/clock`, { headers });
    expect((await asked({ "x-client-id": "anna" })).status).toBe(401);
    expect((await asked({ "x-client-id": "anna", authorization: `Bearer ${secret}` })).status).toBe(200);
  }
});

test("the snippet of the guide prints the documented output and type-checks", { timeout: MINUTES }, async (context) => {
  const redis = await redisServer(context);
  const made = await linkedProject(pack(), "@redis/client");
  const snippet = await block("team: own server", "ts", GUIDE);
  await made.write("team.ts", snippet.replace(EXAMPLE, redis.url));
  await made.write("console.d.ts", "declare const console: { log(...things: unknown[]): void };\n");
  const options = { strict: true, module: "NodeNext", target: "ES2023", lib: ["ES2023", "DOM"], noEmit: true };
  await made.write("tsconfig.json", JSON.stringify({ compilerOptions: { ...options, types: [], skipLibCheck: true } }));
  expect((await made.run(process.execPath, "team.ts")).trim()).toBe(/(?<=^\/\/ ).*$/m.exec(snippet)?.[0]);
  await made.run(process.execPath, TSC, "-p", ".");
});
