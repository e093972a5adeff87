/** The curl line of a report, pasted into a shell with the real values in its variables, repeats the request. */
import { spawn, spawnSync } from "node:child_process";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { reportedExchanges } from "../../contracts/runner/reported-exchange.ts";
import { exchange, type Sent } from "../../contracts/target/transport.ts";
import { secretsOf } from "../../contracts/world/masking.ts";
import { type FakeRequest, fakeServer } from "../support/mock/fake-server.ts";

const hasCurl = spawnSync("curl", ["--version"]).error === undefined;

beforeEach(({ skip }) => {
  if (!hasCurl && !process.env["CI"]) skip("this machine has no curl");
});

const MOBILE = "15201657312";
const PASSWORD = "Kq7$Rm2!Tz9&";
const TOKEN = "Zk9/2b+7Qm4Lw8Xe1Rt5.Yu3Io6Pa0-Sd_=";

/** The curl line of this request, with the three secrets known. */
function curlLine(sent: Sent): string {
  const secrets = secretsOf();
  secrets.add("mobile", MOBILE);
  secrets.add("password", PASSWORD);
  secrets.add("id_token", TOKEN);
  const recorded = { operation: "sendSms", sent, response: undefined, failure: undefined, succeeded: false, secrets };
  return reportedExchanges({ exchanges: [recorded] })[0]?.curl ?? "";
}

/** Runs it in a shell that knows the secrets only; throws curl's error message. */
function pasted(line: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const env = { PATH: process.env["PATH"] ?? "", MOBILE, PASSWORD, ID_TOKEN: TOKEN, ...more };
  const shell = spawn("sh", ["-c", `${line} --silent --show-error --max-time 20`], { env });
  let said = "";
  shell.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  shell.stdout.resume();
  return new Promise((resolve, reject) => {
    shell.on("error", reject);
    shell.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`${line}\n${said}`))));
  });
}

/** A server and the requests that it received. */
async function listener() {
  const requests: FakeRequest[] = [];
  const url = await fakeServer((request) => {
    requests.push(request);
    return { body: "{}" };
  });
  return { requests, url };
}

/** Headers that the client adds by itself. */
function chosen({ headers, ...rest }: FakeRequest, sent: Sent) {
  const names = new Set(["content-type", ...Object.keys(sent.headers).map((name) => name.toLowerCase())]);
  return { ...rest, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name))) };
}

async function expectRepeated(sent: Omit<Sent, "url">): Promise<void> {
  const { requests, url } = await listener();
  const whole = { ...sent, url: `${url}/api/v2/sdk/sms/send` };
  await exchange(whole, 20_000);
  await pasted(curlLine(whole));
  const [first, again] = requests.map((one) => chosen(one, whole));
  expect(again).toEqual(first);
}

test("a signed-in request with secrets in header and body is repeated exactly", async () => {
  await expectRepeated({
    method: "POST",
    headers: {
      "X-agent": "Mozilla/5.0 (iPhone; U)",
      "content-type": "application/json",
      Authorization: `Bearer ${TOKEN}`,
    },
    body: JSON.stringify({ mobile: `+86-${MOBILE}`, password: PASSWORD }),
  });
});

test("requests without a body, with an empty body, without content type or with a leading @ are repeated exactly", async () => {
  await expectRepeated({ method: "GET", headers: { "x-agent": "a" }, body: undefined });
  await expectRepeated({ method: "POST", headers: { "content-type": "application/json" }, body: "" });
  await expectRepeated({ method: "POST", headers: {}, body: '{"mobile":' });
  await expectRepeated({ method: "POST", headers: { "content-type": "text/plain" }, body: "@package.json" });
});

test("a header without a value is sent without one", async () => {
  await expectRepeated({ method: "GET", headers: { "X-L": "", "X-client-id": "  ", "x-agent": "a" }, body: undefined });
});

const anyHeader = fc
  .array(fc.constantFrom(TOKEN, MOBILE, "a", "7", "_", " ", "$HOME", "`id`", '"', "'", "\\", ";", "!", "%"))
  .map((parts) => parts.join(""));
const anyBody = fc
  .array(
    fc.constantFrom(
      TOKEN,
      MOBILE,
      PASSWORD,
      "a",
      "7",
      "_",
      "\n",
      "$(id)",
      "`id`",
      '"',
      "'",
      "\\",
      "!",
      "@",
      "号",
      "😀",
      "&",
      "{}",
    ),
  )
  .map((parts) => parts.join(""));

test("no shell interprets any text around the secrets", async () => {
  const { requests, url } = await listener();
  const property = fc.asyncProperty(anyHeader, anyBody, async (header, body) => {
    requests.length = 0;
    const sent = {
      method: "POST",
      url: `${url}/send`,
      headers: { "x-agent": header, "content-type": "text/plain" },
      body,
    };
    await pasted(curlLine(sent));
    expect(requests).toMatchObject([{ method: "POST", path: "/send", body, headers: { "x-agent": header.trim() } }]);
  });
  await fc.assert(property, { numRuns: 30 });
});

test("a body that is too long to show becomes a variable, which the line names", async () => {
  const { requests, url } = await listener();
  const sent = { method: "POST", url, headers: { "content-type": "text/plain" }, body: "x".repeat(5_000) };
  const line = curlLine(sent);
  expect(line).toContain('--data-raw "$BODY"');
  await pasted(line, { BODY: sent.body });
  expect(requests[0]?.body).toBe(sent.body);
});

test("an exclamation mark is quoted so that an interactive shell does not expand it", () => {
  const line = curlLine({ method: "POST", url: "http://ciam.test", headers: {}, body: "wow!" });
  expect(line).toContain(`--data-raw "wow"'!'""`);
});
