/** Where `serve` and `verify` take the control token from, and which texts they refuse. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { createMock } from "../../mocks/index.ts";
import { fakeServer, json } from "../support/mock/fake-server.ts";
import { served } from "../support/mock/served.ts";
import { scratchFolder } from "../support/package/scratch.ts";

const TOKEN = "s3cret of a test";
const VARIABLE = "CIAM_TESTKIT_CONTROL_TOKEN";

/** Runs `verify` to its end, and `serve` until it has started. */
async function command(args: readonly string[], env: Record<string, string> = {}) {
  let out = "";
  let err = "";
  const exitCode = await run(args, {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    env,
    stopped: args[0] === "serve" ? Promise.resolve() : new Promise(() => {}),
  });
  return { exitCode, out, err };
}

async function fileWith(text: string | Uint8Array): Promise<string> {
  const file = join(await scratchFolder(), "token");
  await writeFile(file, text);
  return file;
}

/** Runs one case against a server with the token. */
async function verify(options: readonly string[], env?: Record<string, string>) {
  const { url } = await served(createMock(), { controlToken: TOKEN });
  return command(["verify", url, "--only", "updateMobile/success", ...options], env);
}

test.each(["", "\n", "\r\n"])("verify reads the token from a file that ends with %j", async (end) => {
  expect(await verify(["--control-token-file", await fileWith(TOKEN + end)])).toMatchObject({ exitCode: 0, err: "" });
});

test("verify reads the token from the environment", async () => {
  expect(await verify([], { [VARIABLE]: TOKEN })).toMatchObject({ exitCode: 0 });
});

test("an option takes precedence over the environment", async () => {
  expect(await verify(["--control-token", TOKEN], { [VARIABLE]: "another" })).toMatchObject({ exitCode: 0 });
  const file = await fileWith(TOKEN);
  expect(await verify(["--control-token-file", file], { [VARIABLE]: "another" })).toMatchObject({ exitCode: 0 });
});

test("verify does not print the token that a target repeats in its refusal", async () => {
  const detail = `unknown token ${TOKEN}`;
  const url = await fakeServer(() => json({ title: "Unauthorized", status: 401, detail }, 401));
  const { exitCode, out, err } = await command([
    "verify",
    url,
    "--only",
    "updateMobile/success",
    "--control-token",
    TOKEN,
  ]);
  expect(exitCode).toBe(3);
  expect(out + err).toContain("unknown token <control_token>");
  expect(out + err).not.toContain(TOKEN);
});

/** On a network address: `serve` starts there only with a token. */
const SERVE = ["serve", "--host", "0.0.0.0", "--port", "0"];

test("serve on a network address takes the token from a file or the environment", async () => {
  expect(await command([...SERVE, "--control-token-file", await fileWith(`${TOKEN}\n`)])).toMatchObject({
    exitCode: 0,
  });
  expect(await command(SERVE, { [VARIABLE]: TOKEN })).toMatchObject({ exitCode: 0 });
  expect(await command(SERVE)).toMatchObject({ exitCode: 1 });
});

const UNUSABLE = [
  ["", "the control token is empty"],
  ["  ", "the control token has blanks only"],
  [" s3cret", "the control token begins or ends with a blank or a line break"],
  ["s3cret\n\n", "the control token begins or ends with a blank or a line break"],
  ["s3\ncret", "the control token has characters that a header cannot hold"],
  ["s3\u0000cret", "the control token has characters that a header cannot hold"],
  ["s3crèt", "the control token has characters that a header cannot hold"],
  ["s".repeat(4_097), "the control token has 4097 characters: use at most 4096"],
] as const;

test.each(UNUSABLE)("the control token %j is wrong usage, wherever it comes from", async (token, words) => {
  const file = await fileWith(`${token}\n`);
  for (const name of [["serve"], ["verify", "http://127.0.0.1:1"]]) {
    for (const [args, env, source] of [
      [["--control-token", token], {}, "--control-token"],
      [["--control-token-file", file], {}, `--control-token-file ${file}`],
      [[], { [VARIABLE]: token }, VARIABLE],
    ] as const) {
      const { exitCode, out, err } = await command([...name, ...args], env);
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
      expect(err).toContain(`ciam-testkit: ${source}: ${words}`);
      expect(err).not.toContain("s3");
    }
  }
});

test("a control token file that cannot be read is wrong usage", async () => {
  const folder = await scratchFolder();
  for (const [file, words] of [
    [folder, "EISDIR"],
    [join(folder, "none"), "ENOENT"],
  ] as const) {
    const { exitCode, err } = await command(["serve", "--control-token-file", file]);
    expect(exitCode).toBe(2);
    expect(err).toContain(`--control-token-file: the file cannot be read: ${words}`);
  }
});

test("a control token file without an end is not read to its end", async () => {
  const { exitCode, err } = await command(["serve", "--control-token-file", "/dev/zero"]);
  expect(exitCode).toBe(2);
  expect(err).toContain("the control token has");
});

test("two options for the control token are wrong usage", async () => {
  const { exitCode, err } = await command(["serve", "--control-token", "a", "--control-token-file", "b"]);
  expect(exitCode).toBe(2);
  expect(err).toContain("--control-token and --control-token-file cannot be combined");
});
