/** Wrong usage of `ciam-testkit verify`: exit code 2 and a hint, before any request. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { allCases } from "../../contracts/all-cases.ts";
import { fakeServer } from "../support/mock/fake-server.ts";
import { scratchFolder } from "../support/package/scratch.ts";

async function verify(...args: string[]) {
  let out = "";
  let err = "";
  const exitCode = await run(["verify", ...args], {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    env: {},
    stopped: new Promise(() => undefined),
  });
  return { exitCode, out, err };
}

/** A server that counts its requests. */
async function counting() {
  let count = 0;
  const url = await fakeServer(() => {
    count += 1;
    return {};
  });
  return { url, count: () => count };
}

async function expectRefused(words: string, ...args: string[]): Promise<void> {
  const { exitCode, out, err } = await verify(...args);
  expect(err).toMatch(/^ciam-testkit: .*\nTry: ciam-testkit verify --help\n$/s);
  expect(err).toContain(words);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
}

test.each([
  [[], "the base URL is missing"],
  [["localhost:8080"], '"localhost:8080" is not a URL that begins with http:// or https://'],
  [["ftp://ciam.test"], '"ftp://ciam.test" is not a URL that begins with http:// or https://'],
  [[""], '"" is not a URL that begins with http:// or https://'],
  [["http://"], '"http://" is not a URL that begins with http:// or https://'],
  [["http://127.0.0.1:1/?a=b"], '"http://127.0.0.1:1/?a=b" must end with its path'],
  [["http://127.0.0.1:1/#a"], '"http://127.0.0.1:1/#a" must end with its path'],
  [["http://127.0.0.1:1", "http://127.0.0.1:2"], 'unexpected argument "http://127.0.0.1:2": verify takes one base URL'],
  [
    ["--target", "a.ts", "--control", "http://127.0.0.1:1"],
    "--target cannot be combined with --control or a control token: the module drives the target",
  ],
  [["--target", "a.ts", "--control-token", "t"], "--target cannot be combined with --control or a control token"],
  [["--target", "a.ts", "--control-token-file", "t"], "--target cannot be combined with --control or a control token"],
  [["--target", "nowhere.ts"], "the target cannot be read: ENOENT"],
])("%j is wrong usage", async (args, words) => {
  await expectRefused(words, ...args);
});

test.each([
  [["--onyl", "updateMobile/*"], "Unknown option '--onyl'"],
  [["--only"], "argument missing"],
  [["--only", "updateMobil/*"], 'no case matches --only "updateMobil/*": verify --list prints all cases'],
  [["--only", "updateMobile/*", "--only", "x"], 'no case matches --only "x": verify --list prints all cases'],
  [["--control", "127.0.0.1:8080"], '"127.0.0.1:8080" is not a URL that begins with http:// or https://'],
  [["--dialect", "klingon"], 'unknown dialect "klingon": expected bamboocloud or genauth'],
  [["--timeout", "soon"], '--timeout must be a number of seconds up to 3600, not "soon"'],
  [["--timeout", "0"], '--timeout must be a number of seconds up to 3600, not "0"'],
  [["--timeout", ""], '--timeout must be a number of seconds up to 3600, not ""'],
  [["--timeout", "3601"], '--timeout must be a number of seconds up to 3600, not "3601"'],
  [["--rate", "0"], '--rate must be a number of requests per second up to 1000, not "0"'],
  [["--rate", "fast"], '--rate must be a number of requests per second up to 1000, not "fast"'],
  [["--rate", "1001"], '--rate must be a number of requests per second up to 1000, not "1001"'],
  [["--rate", ""], '--rate must be a number of requests per second up to 1000, not ""'],
  [["--require", "101"], '--require must be a number from 0 to 100, not "101"'],
  [["--require", "90%"], '--require must be a number from 0 to 100, not "90%"'],
  [["--require", "0x10"], '--require must be a number from 0 to 100, not "0x10"'],
  [["--require=-1"], '--require must be a number from 0 to 100, not "-1"'],
  [["--report", "junit"], '--report must be <format>=<file> with one of json, junit, markdown, html, not "junit"'],
  [
    ["--report", "pdf=a.pdf"],
    '--report must be <format>=<file> with one of json, junit, markdown, html, not "pdf=a.pdf"',
  ],
  [["--report", "json="], '--report must be <format>=<file> with one of json, junit, markdown, html, not "json="'],
  [
    ["--report", "toString=a"],
    '--report must be <format>=<file> with one of json, junit, markdown, html, not "toString=a"',
  ],
  [["--known-failing", "nowhere.txt"], "the list of known failures cannot be read: ENOENT"],
])("%j is wrong usage, and nothing is sent", async (args, words) => {
  const { url, count } = await counting();
  await expectRefused(words, url, ...args);
  expect(count()).toBe(0);
});

test("an invalid list of known failures is reported with the line", async () => {
  const { url, count } = await counting();
  const file = join(await scratchFolder(), "known.txt");
  await writeFile(file, "# ours\nupdateMobile/mobile-taken\n");
  await expectRefused(
    `${file}, line 2: updateMobile/mobile-taken has no reason; write one after #`,
    url,
    "--known-failing",
    file,
  );
  expect(count()).toBe(0);
});

test("a password in a URL is refused and not repeated", async () => {
  const { err, exitCode } = await verify("http://user:s3cret@127.0.0.1:1");
  expect(exitCode).toBe(2);
  expect(err).toContain("a target module can send them as a header");
  expect(err).not.toContain("s3cret");
});

test("--list prints each case with its requirements and sends nothing", async () => {
  const { url, count } = await counting();
  for (const args of [["--list"], [url, "--list"], ["http://127.0.0.1:1", "--control", url, "--list"]]) {
    const { exitCode, out, err } = await verify(...args);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    for (const { id, title } of allCases)
      expect(out).toContain(`\n${id}\n    ${title}\n`.slice(id === allCases[0]?.id ? 1 : 0));
    expect(out).toContain("\n    requires accounts, tokens, codes|messages+captcha-tokens|messages+captcha-answer");
    expect(out.endsWith(`\n${allCases.length} cases\n`)).toBe(true);
  }
  expect(count()).toBe(0);
});

test("--list shows the cases that --only and --dialect select", async () => {
  const { out } = await verify("--list", "--only", "updateMobile/success", "--only", "*/account-gone");
  const ids = allCases
    .map(({ id }) => id)
    .filter((id) => id === "updateMobile/success" || id.endsWith("/account-gone"));
  expect(out.match(/^\S+\/\S+$/gm)).toEqual(ids);
  const others = allCases.filter(({ operation }) => operation.startsWith("genauth"));
  const own = `\n${allCases.length - others.length} cases\n`;
  expect((await verify("--list", "--dialect", "bamboocloud")).out).toContain(own);
  expect((await verify("--list", "--dialect", "genauth")).out).toContain(`\n${others.length} cases\n`);
  expect((await verify("--list", "--only", "x")).exitCode).toBe(2);
});

test.each([["--help"], ["-h"]])("%s prints the options and the exit codes", async (option) => {
  const { exitCode, out } = await verify("http://127.0.0.1:1", option);
  expect(exitCode).toBe(0);
  const options = [
    "control",
    "target",
    "control-token",
    "control-token-file",
    "client-id",
    "dialect",
    "only",
    "seed",
    "timeout",
    "rate",
    "list",
  ];
  for (const name of [...options, "known-failing", "strict", "strict-order", "require", "report"])
    expect(out).toContain(`\n  --${name} `);
  for (const code of [0, 1, 2, 3, 4]) expect(out).toMatch(new RegExp(`^  ${code}  \\w`, "m"));
  for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
});
