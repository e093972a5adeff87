/** The suite reads a bounded amount of each response, and a strange body is a finding, not a crash. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { controlTarget } from "../../../contracts/index.ts";
import { runAll } from "../../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { exchange } from "../../../contracts/target/transport.ts";

const MEBIBYTE = 1_048_576;
const LONG_MS = 60_000;

/** Returns the URL, and how many bytes of body the server could send. */
async function serving(respond: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => respond(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends until the client closes the connection. */
function endless(count: (bytes: number) => void): (response: ServerResponse) => void {
  const chunk = Buffer.alloc(65_536, "x");
  const read = function (this: Readable) {
    count(chunk.length);
    this.push(chunk);
  };
  return (response) => pipeline(new Readable({ read }), response, () => {});
}

const senders = [
  ["node:http", undefined],
  ["fetch", fetch],
] as const;

const sentTo = (url: string, isControl: boolean) => ({
  ...{ method: "POST", url: `${url}/api/v2/sdk/sms/send`, headers: {}, body: "{}" },
  isControl,
});

test.each(senders)(
  "%s: a body without end is read up to 1 MiB, that of a control call up to 8",
  async (_name, send) => {
    for (const [isControl, limit] of [
      [false, 1],
      [true, 8],
    ] as const) {
      let bytes = 0;
      const url = await serving(endless((more) => (bytes += more)));
      await expect(exchange(sentTo(url, isControl), LONG_MS, send)).rejects.toThrow(
        `${url} sent a body of more than ${limit} MiB, and the suite stopped reading`,
      );
      // Some more is on its way, in the buffers of the connection.
      expect(bytes).toBeLessThan((limit + 15) * MEBIBYTE);
    }
  },
);

const bomb = Buffer.alloc(5 * MEBIBYTE, "x");
const packed = {
  gzip: gzipSync(bomb),
  br: brotliCompressSync(bomb, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  deflate: deflateSync(bomb),
  "deflate without its header": deflateRawSync(bomb),
};

test.each(
  senders.flatMap(([name, send]) =>
    Object.entries(packed).map(([coding, bytes]) => [name, coding, send, bytes] as const),
  ),
)("%s: a small body in %s that unpacks to 5 MiB is refused", async (_name, coding, send, bytes) => {
  const url = await serving((response) =>
    response.setHeader("content-encoding", coding.split(" ", 1)[0] ?? "").end(bytes),
  );
  await expect(exchange(sentTo(url, false), LONG_MS, send)).rejects.toThrow("sent a body of more than 1 MiB");
});

test("a body of exactly 1 MiB is read whole", async () => {
  const url = await serving((response) => response.end("x".repeat(MEBIBYTE)));
  for (const [, send] of senders) {
    expect((await exchange(sentTo(url, false), LONG_MS, send)).body).toHaveLength(MEBIBYTE);
  }
});

const TOO_DEEP = "objects or arrays are too deep inside each other";

test.each([
  ["half a surrogate pair in a field name", "a field name has half a surrogate pair", '{"\\ud800": 1}'],
  ["20,000 arrays inside each other", TOO_DEEP, `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
  ["20,000 objects inside each other", TOO_DEEP, `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
])("a target whose responses have %s gets failures with words, not errors", async (_what, words, body) => {
  const respond = async () => new Response(body, { headers: { "content-type": "application/json" } });
  const source = () => controlTarget({ baseUrl: "http://ciam.test", fetch: respond });
  const { cases } = await runAll(packagedSpec(), source, { seed: "strange", version: "0", only: ["getCaptcha/*"] });
  expect(cases.filter(({ outcome }) => outcome === "error")).toEqual([]);
  const failures = cases.filter(({ outcome }) => outcome === "failed").map(({ reason }) => reason);
  expect(failures.join("\n")).toContain(words);
});
