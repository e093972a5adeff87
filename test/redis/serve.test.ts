/** `serve --store`: wrong options, a Redis that cannot be used, and what two servers print. */
import { expect, type TestContext, test } from "vitest";
import { run } from "../../cli/run.ts";
import { connect } from "../../mocks/client/client.ts";
import { DEFAULT_CLIENT_ID } from "../../mocks/index.ts";
import { DEVICE, MOBILE } from "../support/mock/api.ts";
import { isFree } from "../support/package/scratch.ts";
import { servers } from "../support/redis/processes.ts";
import { administer, redisServer } from "../support/redis/redis.ts";

/** Runs the command until it is ready, and ends it. */
async function servedOnce(args: readonly string[], env: Record<string, string> = {}) {
  let [out, err] = ["", ""];
  const exitCode = await run(["serve", "--port", "0", ...args], {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    env,
    stopped: Promise.resolve(),
  });
  return { exitCode, out, err };
}

const NOWHERE = "redis://127.0.0.1:1";

test.each([
  [["--store", "http://127.0.0.1"], "the URL of the store must be like redis://host:6379/0"],
  [["--store", "nonsense"], "the URL of the store must be like redis://host:6379/0"],
  [["--store", `${NOWHERE}/first`], 'not with "/first"'],
  [["--store", NOWHERE, "--state", "file.json"], "--state and --store cannot be combined"],
  [["--store", NOWHERE, "--idle-seconds", "0"], '--idle-seconds must be a whole number above 0, not "0"'],
  [["--store", NOWHERE, "--idle-seconds", "week"], '--idle-seconds must be a whole number above 0, not "week"'],
  [["--idle-seconds", "60"], "--idle-seconds needs --store"],
])("serve %j is wrong usage", async (args, reason) => {
  const { exitCode, out, err } = await servedOnce(args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
  expect(err).toContain(reason);
  expect(err).toContain("Try: ciam-testkit --help\n");
});

test("serve does not start when Redis cannot be reached, and says why", async () => {
  expect(await isFree(1)).toBe(true);
  expect(await servedOnce(["--store", NOWHERE])).toEqual({
    exitCode: 1,
    out: "",
    err: "ciam-testkit: --store cannot be used: Redis at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1\n",
  });
});

test("serve takes the URL from the environment, and its idle time from the option", async (context: TestContext) => {
  const redis = await redisServer(context);
  const { exitCode, err } = await servedOnce(["--idle-seconds", "90"], { CIAM_TESTKIT_STORE: redis.url });
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  const [key] = (await administer(redis, "KEYS", "ciam-testkit:*:records")) as string[];
  const left = Number(await administer(redis, "TTL", String(key)));
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(90);
});

test("each message is printed by the server that sent it, and both servers end when they are told", async (context) => {
  const all = await servers(2, await redisServer(context));
  const [here, there] = all;
  if (here === undefined || there === undefined) throw new Error("two servers were expected");
  await sendThrough(here, MOBILE);
  await here.until(`+86-${MOBILE}`);
  await sendThrough(there, "13800000002");
  await there.until("+86-13800000002");
  expect(here.printed()).not.toContain("+86-13800000002");
  expect(there.printed()).not.toContain(`+86-${MOBILE}`);
  for (const { signal } of all) signal("SIGTERM");
  expect(await Promise.all(all.map(({ ended }) => ended))).toEqual([0, 0]);
});

async function sendThrough({ url }: { readonly url: string }, mobile: string): Promise<void> {
  const mock = connect({ url });
  const captcha_token = await mock.captcha.issueToken({ sender: mobile });
  const response = await fetch(`${url}/api/v2/sdk/sms/send`, {
    method: "POST",
    headers: { ...DEVICE, "x-client-id": DEFAULT_CLIENT_ID, "content-type": "application/json" },
    body: JSON.stringify({ mobile, type: "BIND_MOBILE_SMS", captcha_token }),
  });
  expect(response.status).toBe(200);
}
