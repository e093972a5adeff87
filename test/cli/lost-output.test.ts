/** The command when nothing reads its output, or the disk that its output goes to is full. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../mocks/client/client.ts";
import { createMock } from "../../mocks/index.ts";
import { DEVICE, MOBILE } from "../support/mock/api.ts";
import { served } from "../support/mock/served.ts";
import { PROJECT, plainEnvironment, scratchFolder } from "../support/package/scratch.ts";

type Lost = "closed" | "full";

interface LostOutputs {
  readonly out?: Lost;
  readonly err?: Lost;
}

/** Linux alone has a device that is always full. */
const FULL = "/dev/full";
const losses: readonly Lost[] = existsSync(FULL) ? ["closed", "full"] : ["closed"];

/** The command, with the lost outputs closed at once or on a full disk. */
function command(args: readonly string[], lost: LostOutputs): ChildProcess {
  const stdio = [lost.out, lost.err].map((loss) => (loss === "full" ? openSync(FULL, "w") : "pipe"));
  const child = spawn(process.execPath, [join(PROJECT, "cli/main.ts"), ...args], {
    cwd: PROJECT,
    env: plainEnvironment(),
    stdio: ["ignore", ...stdio],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  if (lost.out === "closed") child.stdout?.destroy();
  if (lost.err === "closed") child.stderr?.destroy();
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function text(stream: Readable | null): Promise<string> {
  let all = "";
  for await (const part of stream?.setEncoding("utf8") ?? []) all += part;
  return all;
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  return child.exitCode ?? (await once(child, "exit"))[0];
}

async function sendCode(url: string): Promise<void> {
  const mock = connect({ url });
  const captcha_token = await mock.captcha.issueToken({ sender: MOBILE });
  const headers = { ...DEVICE, "x-client-id": mock.clientId, "content-type": "application/json" };
  const body = JSON.stringify({ mobile: MOBILE, type: "REGISTER_SMS", captcha_token });
  expect((await fetch(`${url}/api/v2/sdk/sms/send`, { method: "POST", headers, body })).status).toBe(200);
}

test.each(losses.flatMap((loss): LostOutputs[] => [{ out: loss }, { err: loss }, { out: loss, err: loss }]))(
  "serve goes on, and ends with 0 on SIGTERM, when its outputs are lost: %j",
  async (lost) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = command(["serve", "--port", String(port)], lost);
    const printed = lost.err === undefined ? text(child.stderr) : "";
    await expect
      .poll(
        () =>
          fetch(url).then(
            () => "up",
            () => "down",
          ),
        { timeout: 20_000 },
      )
      .toBe("up");
    for (const minutes of [1, 2, 3]) {
      await sendCode(url);
      await connect({ url }).clock.advance({ minutes });
    }
    expect(await connect({ url }).messages.list()).toHaveLength(3);
    child.kill("SIGTERM");
    expect(await exitOf(child)).toBe(0);
    const isReported = lost.out === "full" && lost.err === undefined;
    expect((await printed).includes("ciam-testkit: standard output cannot be written: ENOSPC")).toBe(isReported);
  },
);

test.each(losses)(
  "verify writes its reports, and ends with the result of the run, when both outputs are %s",
  async (loss) => {
    const { url } = await served(createMock());
    const file = join(await scratchFolder(), "report.json");
    const args = ["verify", url, "--only", "updateMobile/success", "--report", `json=${file}`];
    const child = command(args, { out: loss, err: loss });
    expect(await exitOf(child)).toBe(0);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ summary: { failed: 0 } });
  },
);

test("printing the help into a closed pipe exits with 0", async () => {
  expect(await exitOf(command(["--help"], { out: "closed" }))).toBe(0);
});
