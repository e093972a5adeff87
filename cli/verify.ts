/** `ciam-testkit verify`: reads its arguments and files, runs the contract suite, and writes the reports. */
import { access, appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { allCases } from "../contracts/all-cases.ts";
import { annotations } from "../contracts/reports/annotations.ts";
import { exitCode } from "../contracts/reports/exit-code.ts";
import { type ReportFormat, reportFormats } from "../contracts/reports/formats.ts";
import { markdownText } from "../contracts/reports/markdown.ts";
import type { Report } from "../contracts/reports/report.ts";
import { matrixText } from "../contracts/reports/terminal/matrix.ts";
import { type KnownFailure, ListError, readKnownFailing } from "../contracts/runner/known-failing.ts";
import { ordered, selected } from "../contracts/runner/plan.ts";
import type { TargetSource } from "../contracts/runner/run.ts";
import { type RunAllOptions, runAll } from "../contracts/runner/run-all.ts";
import { packagedSpec } from "../contracts/spec/spec-file.ts";
import { type Spec, SpecError } from "../contracts/spec/types.ts";
import type { ControlTargetOptions } from "../contracts/target/control-client.ts";
import { controlTarget } from "../contracts/target/control-target.ts";
import { DescriptionError } from "../contracts/target/known-names.ts";
import { type ModuleTargetOptions, moduleTarget } from "../contracts/target/module-target.ts";
import { controlTokenOf } from "./control-token.ts";
import { redirectConsole, strayErrors } from "./outside-the-cases.ts";
import { progressLine } from "./progress-line.ts";
import { CommandError, type CommandSurroundings, EXIT, parse, type Values, wrongUsage } from "./usage.ts";
import { VERIFY_HELP, VERIFY_OPTIONS } from "./verify-options.ts";

type VerifyValues = Values<typeof VERIFY_OPTIONS>;
type TargetOptions = ControlTargetOptions | ModuleTargetOptions;

/** Carries out `verify`; resolves with the exit code. */
export async function runVerify(
  args: readonly string[],
  surroundings: CommandSurroundings,
  version: string,
): Promise<number> {
  try {
    return await runSuite(args, surroundings, version);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const isUsage = error instanceof SpecError || error instanceof DescriptionError;
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError(message, isUsage ? EXIT.wrongUsage : EXIT.inconclusive);
  }
}

async function runSuite(args: readonly string[], surroundings: CommandSurroundings, version: string): Promise<number> {
  const { values, positionals } = parse(args, VERIFY_OPTIONS, "verify");
  if (values.help) return printed(surroundings, VERIFY_HELP);
  const spec = packagedSpec();
  const only = assertMatching(values.only ?? []);
  if (values.list) return printed(surroundings, planText(spec, only, values.dialect));
  const knownFailing = await knownFailures(values["known-failing"]);
  const reports = (values.report ?? []).map(reportOption);
  const requirePercent = values.require === undefined ? undefined : percentOf(values.require);
  const target = await targetOf(positionals, values, surroundings.env);
  if ("file" in target) await access(target.file).catch(unusable("the target cannot be read"));
  const name = "file" in target ? target.file : target.baseUrl;
  const options = { ...optionsOf(spec, only, values), name, knownFailing, version };
  const { report, wasStopped } = await carriedOut(spec, target, options, surroundings);
  surroundings.out.write(matrixText(report));
  // All reports are written at once: one file that cannot be written does not stop the others.
  const written = reports.map(({ format, file }) => writeReport(file, reportFormats[format](report)));
  await Promise.all([...written, reportToGithub(report, surroundings)]);
  if (wasStopped) return EXIT.interrupted;
  const code = exitCode(report, { requirePercent });
  if (code === EXIT.tooLittleDriven) surroundings.err.write(tooLittleDriven(report, requirePercent));
  return code;
}

/** Runs the cases. Shows the progress, and ends early when the process is asked to. */
async function carriedOut(
  spec: Spec,
  target: TargetOptions,
  options: RunAllOptions,
  surroundings: CommandSurroundings,
) {
  const { err, env, stopped, onUncaught } = surroundings;
  const progress = progressLine(err, env);
  const stray = strayErrors(progress.print);
  const stop = new AbortController();
  stopped.then(() => {
    stop.abort();
    progress.print(STOPPING);
  });
  onUncaught?.(stray.note);
  const restoreConsole = redirectConsole(progress.print);
  const running = { ...options, signal: stop.signal, onProgress: progress.update, doubt: stray.doubt };
  const report = await runAll(spec, sourceOf(target), running).finally(() => {
    progress.end();
    restoreConsole();
  });
  return { report, wasStopped: stop.signal.aborted };
}

const STOPPING = "ciam-testkit: stopping; the running cases clean up. Press Ctrl-C again to end at once.\n";

function sourceOf(target: TargetOptions): TargetSource {
  return () => ("file" in target ? moduleTarget(target) : controlTarget(target));
}

function printed({ out }: CommandSurroundings, text: string): number {
  out.write(text);
  return 0;
}

function wrong(message: string): CommandError {
  return wrongUsage(message, "verify");
}

async function targetOf(
  positionals: readonly string[],
  values: VerifyValues,
  env: CommandSurroundings["env"],
): Promise<TargetOptions> {
  const [baseUrl, unexpected] = positionals;
  const { target, control } = values;
  if (unexpected !== undefined) throw wrong(`unexpected argument "${unexpected}": verify takes one base URL`);
  if (target !== undefined && (control ?? values["control-token"] ?? values["control-token-file"]) !== undefined)
    throw wrong("--target cannot be combined with --control or a control token: the module drives the target");
  const clientId = values["client-id"] === undefined ? {} : { clientId: values["client-id"] };
  if (target !== undefined) {
    return { file: resolve(target), ...clientId, ...(baseUrl === undefined ? {} : { baseUrl: urlOf(baseUrl) }) };
  }
  if (baseUrl === undefined) throw wrong("the base URL is missing");
  const token = await controlTokenOf(values, env, "verify");
  return {
    baseUrl: urlOf(baseUrl),
    ...clientId,
    ...(control === undefined ? {} : { controlUrl: urlOf(control) }),
    ...(token === undefined ? {} : { controlToken: token }),
    ...(values.timeout === undefined ? {} : { timeoutMs: timeoutOf(values.timeout) }),
  };
}

function optionsOf(spec: Spec, only: readonly string[], values: VerifyValues) {
  const { dialect: dialects, seed, timeout, rate } = values;
  return {
    seed: seed ?? crypto.randomUUID().slice(0, 8),
    only,
    ...(dialects === undefined ? {} : { dialects: dialects.map((name) => dialectOf(spec, name)) }),
    ...(timeout === undefined ? {} : { timeoutMs: timeoutOf(timeout) }),
    ...(values.strict ? { strict: true } : {}),
    ...(rate === undefined ? {} : { rate: rateOf(rate) }),
    ...(values["strict-order"] ? { strictOrder: true } : {}),
  };
}

function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw wrong(`"${text}" is not a URL that begins with http:// or https://`);
  if (url.username !== "" || url.password !== "")
    throw wrong("the URL must not contain a user name or password: a target module can send them as a header");
  if (url.search !== "" || url.hash !== "")
    throw wrong(`"${text}" must end with its path: remove the query and the fragment`);
  return text;
}

function dialectOf(spec: Spec, name: string): string {
  const known = [...new Set(spec.operations.map(({ dialect }) => dialect))];
  if (known.includes(name)) return name;
  throw wrong(`unknown dialect "${name}": expected ${known.join(" or ")}`);
}

function timeoutOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 3_600) return seconds * 1_000;
  throw wrong(`--timeout must be a number of seconds up to 3600, not "${text}"`);
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && rate > 0 && rate <= 1_000) return rate;
  throw wrong(`--rate must be a number of requests per second up to 1000, not "${text}"`);
}

function percentOf(text: string): number {
  const percent = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && percent <= 100) return percent;
  throw wrong(`--require must be a number from 0 to 100, not "${text}"`);
}

function assertMatching(only: readonly string[]): readonly string[] {
  const unmatched = only.find((one) => selected(allCases, [one]).length === 0);
  if (unmatched !== undefined) throw wrong(`no case matches --only "${unmatched}": verify --list prints all cases`);
  return only;
}

function reportOption(text: string): { readonly format: ReportFormat; readonly file: string } {
  const [, format = "", file = ""] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (Object.hasOwn(reportFormats, format)) return { format: format as ReportFormat, file };
  throw wrong(`--report must be <format>=<file> with one of ${Object.keys(reportFormats).join(", ")}, not "${text}"`);
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

/** What --require asked for, and which capabilities the target lacks for the cases that are blocked. */
function tooLittleDriven({ summary, cases }: Report, requirePercent = 0): string {
  const lacking = new Map<string, number>();
  for (const { outcome, missing } of cases) {
    if (outcome === "blocked") for (const name of missing) lacking.set(name, (lacking.get(name) ?? 0) + 1);
  }
  const most = [...lacking].sort(([, one], [, other]) => other - one);
  const list = most.map(([name, count]) => `${name} (${count} ${count === 1 ? "case" : "cases"})`).join(", ");
  const missing = list === "" ? "" : ` The target lacks: ${list}.`;
  return `ciam-testkit: ${summary.driven_percent} % of the cases were driven; --require asks for ${requirePercent} %.${missing}\n`;
}

/** In GitHub Actions the report goes to the step summary, and each failure becomes an annotation. */
async function reportToGithub(report: Report, { out, env }: CommandSurroundings): Promise<void> {
  if (env["GITHUB_ACTIONS"] !== "true") return;
  out.writeCommand(annotations(report));
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined)
    await appendFile(summary, markdownText(report)).catch(unusable("the step summary cannot be written"));
}

/** The cases and what they require of a target. */
function planText(spec: Spec, only: readonly string[], dialects: readonly string[] | undefined): string {
  const wanted = new Set(dialects?.map((name) => dialectOf(spec, name)));
  const isWanted = (operation: string) =>
    dialects === undefined || spec.operations.some(({ id, dialect }) => id === operation && wanted.has(dialect));
  const cases = selected(ordered(spec, allCases), only).filter(({ operation }) => isWanted(operation));
  const lines = cases.map(
    ({ id, title, requires }) =>
      `${id}\n    ${title}${requires.length === 0 ? "" : `\n    requires ${requires.join(", ")}`}\n`,
  );
  return `${lines.join("")}${cases.length} cases\n`;
}
