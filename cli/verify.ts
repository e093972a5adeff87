/** `ciam-testkit verify`: reads its arguments and files, runs the suite, and writes what was found in every wanted format. */
import { access, appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { allCases } from "../contracts/all-cases.ts";
import { annotations } from "../contracts/reports/annotations.ts";
import { exitCode } from "../contracts/reports/exit-code.ts";
import { type ReportFormat, reportFormats } from "../contracts/reports/formats.ts";
import { markdownText } from "../contracts/reports/markdown.ts";
import type { Report } from "../contracts/reports/report.ts";
import { matrixText } from "../contracts/reports/terminal/matrix.ts";
import { type KnownFailure, ListError, readKnownFailing } from "../contracts/runner/known-failing.ts";
import { ordered, selected } from "../contracts/runner/plan.ts";
import { packagedSpec } from "../contracts/spec/spec-file.ts";
import { type Spec, SpecError } from "../contracts/spec/types.ts";
import { type VerifyOptions, VitestMissing, verify } from "../contracts/vitest/verify.ts";

export interface VerifySurroundings {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of this package. */
  readonly version: string;
}

export const VERIFY_HELP = `Usage
  ciam-testkit verify <base-url> [options]

Runs the contract suite against the API at the base URL, and prints what conforms.

How the target is driven
  --control <url>         its control protocol               (<base-url>/__testkit, if there is one)
  --target <file>         a module instead: export default defineTarget({...})
  --control-token <text>  what the control protocol asks for
  --client-id <id>        the X-client-id of an application that the target knows

What is run
  --dialect <name>        only this one; can be given more than once
  --only <pattern>        only these cases, such as 'updateMobile/*'; can be given more than once
  --seed <text>           the same seed makes the same requests       (drawn anew for each run)
  --timeout <seconds>     for one request                             (10)
  --list                  print the cases and what they need, and send nothing

How it is judged
  --known-failing <file>  lines of: case-id [until=2027-01-31] # reason
  --strict-order          checks must be asked in the order of openapi.yaml
  --require <percent>     the least share of the cases that must have been driven
  --report <format>=<file>  json, junit, markdown or html; can be given more than once

Exit codes
  0  conforms
  1  violations, or stale entries of the list
  2  wrong usage, or a file that cannot be used
  3  inconclusive: nobody there, a probe failed, errors, or nothing executed
  4  less was driven than --require asks
`;

const WRONG_USAGE = 2;
const INCONCLUSIVE = 3;

/** What is wrong with the command line or a file that it names. */
class UsageError extends Error {}

/** Carries out `verify`; answers the exit code. */
export async function runVerify(args: readonly string[], surroundings: VerifySurroundings): Promise<number> {
  try {
    return await carryOut(args, surroundings);
  } catch (error) {
    const isUsage = error instanceof UsageError || error instanceof VitestMissing || error instanceof SpecError;
    const message = error instanceof Error ? error.message : String(error);
    surroundings.err.write(`ciam-testkit: ${message}\n`);
    return isUsage ? WRONG_USAGE : INCONCLUSIVE;
  }
}

async function carryOut(args: readonly string[], surroundings: VerifySurroundings): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) return printed(surroundings, VERIFY_HELP);
  const spec = packagedSpec();
  const only = assertMatching(values.only ?? []);
  if (values.list) return printed(surroundings, manifestText(spec, only, values.dialect));
  const knownFailing = await knownFailures(values["known-failing"]);
  const reports = (values.report ?? []).map(reportOrder);
  const requirePercent = values.require === undefined ? undefined : percentOf(values.require);
  const options: VerifyOptions = { target: targetOf(positionals, values), options: optionsOf(spec, only, values) };
  if ("file" in options.target) await access(options.target.file).catch(unusable("the target cannot be read"));
  const report = await verify(spec, options, knownFailing, surroundings.version);
  surroundings.out.write(matrixText(report));
  // One file that cannot be written does not keep the others from who waits for them.
  const told = reports.map(({ format, file }) => writeReport(file, reportFormats[format](report)));
  await Promise.all([...told, tellGithub(report, surroundings)]);
  return exitCode(report, { requirePercent });
}

function printed({ out }: VerifySurroundings, text: string): number {
  out.write(text);
  return 0;
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        control: { type: "string" },
        target: { type: "string" },
        "control-token": { type: "string" },
        "client-id": { type: "string" },
        dialect: { type: "string", multiple: true },
        only: { type: "string", multiple: true },
        seed: { type: "string" },
        timeout: { type: "string" },
        list: { type: "boolean" },
        "known-failing": { type: "string" },
        "strict-order": { type: "boolean" },
        require: { type: "string" },
        report: { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function wrong(message: string): UsageError {
  return new UsageError(`${message}\nTry: ciam-testkit verify --help`);
}

function targetOf(positionals: readonly string[], values: Values): VerifyOptions["target"] {
  const [baseUrl, unexpected] = positionals;
  const { target, control } = values;
  if (unexpected !== undefined) throw wrong(`verify takes one base URL, and not "${unexpected}" too`);
  if (target !== undefined && (control ?? values["control-token"]) !== undefined)
    throw wrong("--target excludes --control and --control-token: the module drives the target");
  const clientId = values["client-id"] === undefined ? {} : { clientId: values["client-id"] };
  if (target !== undefined) {
    return { file: resolve(target), ...clientId, ...(baseUrl === undefined ? {} : { baseUrl: urlOf(baseUrl) }) };
  }
  if (baseUrl === undefined) throw wrong("the base URL is missing");
  const token = values["control-token"];
  return {
    baseUrl: urlOf(baseUrl),
    ...clientId,
    ...(control === undefined ? {} : { controlUrl: urlOf(control) }),
    ...(token === undefined ? {} : { controlToken: token }),
    ...(values.timeout === undefined ? {} : { timeoutMs: timeoutOf(values.timeout) }),
  };
}

function optionsOf(spec: Spec, only: readonly string[], values: Values): VerifyOptions["options"] {
  const { dialect: dialects, seed, timeout } = values;
  return {
    seed: seed ?? crypto.randomUUID().slice(0, 8),
    only,
    ...(dialects === undefined ? {} : { dialects: dialects.map((name) => dialectOf(spec, name)) }),
    ...(timeout === undefined ? {} : { timeoutMs: timeoutOf(timeout) }),
    ...(values["strict-order"] ? { strictOrder: true } : {}),
  };
}

function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw wrong(`"${text}" is no URL that begins with http:// or https://`);
  if (url.username !== "" || url.password !== "")
    throw wrong("a URL cannot carry a user name or password here; a target module can send them as a header");
  if (url.search !== "" || url.hash !== "")
    throw wrong(`"${text}" cannot have paths appended: leave out what follows the path`);
  return text;
}

function dialectOf(spec: Spec, name: string): string {
  const known = [...new Set(spec.operations.map(({ dialect }) => dialect))];
  if (known.includes(name)) return name;
  throw wrong(`there is no dialect "${name}"; there is ${known.join(", ")}`);
}

function timeoutOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 3_600) return seconds * 1_000;
  throw wrong(`--timeout takes seconds, up to 3600, not "${text}"`);
}

function percentOf(text: string): number {
  const percent = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && percent <= 100) return percent;
  throw wrong(`--require takes a number from 0 to 100, not "${text}"`);
}

function assertMatching(only: readonly string[]): readonly string[] {
  const idle = only.find((one) => selected(allCases, [one]).length === 0);
  if (idle !== undefined) throw wrong(`no case matches --only "${idle}"; --list shows them all`);
  return only;
}

function reportOrder(text: string): { readonly format: ReportFormat; readonly file: string } {
  const [, format = "", file = ""] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (Object.hasOwn(reportFormats, format)) return { format: format as ReportFormat, file };
  throw wrong(`--report takes <format>=<file> with ${Object.keys(reportFormats).join(", ")}, not "${text}"`);
}

async function knownFailures(file: string | undefined): Promise<readonly KnownFailure[]> {
  if (file === undefined) return [];
  const text = await readFile(file, "utf8").catch(unusable("the list of known failures cannot be read"));
  try {
    return readKnownFailing(text);
  } catch (error) {
    if (error instanceof ListError) throw wrong(`${file}, ${error.message}`);
    throw error;
  }
}

async function writeReport(file: string, text: string): Promise<void> {
  const unwritable = unusable("the report cannot be written");
  await mkdir(dirname(resolve(file)), { recursive: true }).catch(unwritable);
  await writeFile(file, text).catch(unwritable);
}

function unusable(what: string): (error: Error) => never {
  return (error) => {
    throw wrong(`${what}: ${error.message}`);
  };
}

/** In GitHub Actions the report goes to the step summary, and each failure becomes an annotation. */
async function tellGithub(report: Report, { out, env }: VerifySurroundings): Promise<void> {
  if (env["GITHUB_ACTIONS"] !== "true") return;
  out.write(annotations(report));
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined)
    await appendFile(summary, markdownText(report)).catch(unusable("the step summary cannot be written"));
}

/** The cases and what they need, without asking any target. */
function manifestText(spec: Spec, only: readonly string[], dialects: readonly string[] | undefined): string {
  const wanted = new Set(dialects?.map((name) => dialectOf(spec, name)));
  const isWanted = (operation: string) =>
    dialects === undefined || spec.operations.some(({ id, dialect }) => id === operation && wanted.has(dialect));
  const cases = selected(ordered(spec, allCases), only).filter(({ operation }) => isWanted(operation));
  const lines = cases.map(
    ({ id, title, requires }) =>
      `${id}\n    ${title}${requires.length === 0 ? "" : `\n    needs ${requires.join(", ")}`}\n`,
  );
  return `${lines.join("")}${cases.length} cases\n`;
}
