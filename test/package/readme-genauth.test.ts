/** The guide to the GenAuth SDK: the vendor's sample, word by word, and the story around it, executed as they are printed. */
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { block } from "../support/package/readme.ts";
import { environmentWithNode, output, PROJECT, running, scratchFolder } from "../support/package/scratch.ts";

const PAGE = "docs/guides/genauth-sdk.md";

/** The sample code of the vendor's page on updatePhone, copied by hand. */
const SAMPLE = `
import { AuthenticationClient, Models } from "authing-node-sdk";
const authenticationClient = new AuthenticationClient({
// Need to be replaced with your GenAuth AppId, Secret and Host
appId: "GEN_AUTH_APP_ID",
appSecret: "GEN_AUTH_APP_SECRET",
appHost: "GEN_AUTH_APP_HOST",
});
(async () => {
// Please call the login interface to obtain access_token first, and call the setAccessToken method to set access_token
authenticationClient.setAccessToken("REPLACE_ME_WITH_REAL_ACCESS_TOKEN");
const result = await authenticationClient.updatePhone({
// Token used to temporarily modify the mobile phone number, which can be obtained from the verification request interface that initiates the modification of the mobile phone number.
updatePhoneToken: "xxxx",
});
console.log(JSON.stringify(result, null, 2));
})();
`;

/** What the page leaves to be filled in, and with what the guide does. */
const FILLED_IN = [
  ['"GEN_AUTH_APP_ID"', '"nTo1eRIub60vPb54WeE6aojPwYwImtl4"'],
  ['"GEN_AUTH_APP_SECRET"', '"any"'],
  ['"GEN_AUTH_APP_HOST"', '"http://127.0.0.1:4010"'],
  ['"REPLACE_ME_WITH_REAL_ACCESS_TOKEN"', "process.env.ACCESS_TOKEN"],
  ['"xxxx"', "process.env.UPDATE_PHONE_TOKEN"],
] as const;

test("the guide's sample equals the vendor's except for host, ids, tokens and indentation", async () => {
  let filled = SAMPLE;
  for (const [placeholder, value] of FILLED_IN) filled = filled.replace(placeholder, value);
  const lines = (text: string) =>
    text
      .trim()
      .split("\n")
      .map((line) => line.trim());
  expect(lines(await block("genauth sample", "js", PAGE))).toEqual(lines(filled));
});

test("the sample and the code around it print the documented output", { timeout: 60_000 }, async () => {
  const folder = await folderWithSdk();
  const env = environmentWithNode();
  const mock = running(process.execPath, [join(PROJECT, "cli/main.ts"), "serve", "--port", "0"], { cwd: folder, env });
  await mock.until("control API");
  const url = /is ready at (\S+)/.exec(mock.printed())?.[1] ?? "";
  const here = (text: string) => text.replaceAll("http://127.0.0.1:4010", url);

  await writeFile(join(folder, "update-phone.mjs"), here(await block("genauth sample", "js", PAGE)));
  const transcript = here(await block("genauth transcript", "sh", PAGE));
  const printed = await output("bash", ["-c", transcript], { cwd: folder, env });
  expect(printed.trim()).toBe((await block("genauth transcript", "text", PAGE)).trim());
  expect(mock.printed()).toMatch(/sms {2}\+86-15201657312 {2}CHANNEL_BIND_PHONE {2}code \d{6} {2}\(good for 60 s\)/);

  const again = await output("bash", ["-c", transcript], { cwd: folder, env });
  expect(withoutIds(again)).toBe(withoutIds(printed));
});

/** An empty folder but for the SDK, as `npm install authing-node-sdk` would leave it. */
async function folderWithSdk(): Promise<string> {
  const folder = await scratchFolder();
  const installed = dirname(createRequire(import.meta.url).resolve("authing-node-sdk/package.json"));
  await mkdir(join(folder, "node_modules"));
  await symlink(installed, join(folder, "node_modules/authing-node-sdk"), "dir");
  return folder;
}

/** The mock continues to count its responses after a reset. */
function withoutIds(text: string): string {
  return text.replace(/[0-9a-f-]{36}/g, "an id");
}
