/** The control token of a command: from its file, from an environment variable, or from the command line. */
import { createReadStream } from "node:fs";
import { controlTokenProblem } from "../mocks/http/control-token.ts";
import { type OptionGroups, type Surroundings, type Values, wrongUsage } from "./usage.ts";

export const CONTROL_TOKEN_VARIABLE = "CIAM_TESTKIT_CONTROL_TOKEN";

/** The options of every command that has a control token. `serve` and `verify` explain what the token is for. */
export function controlTokenOptions<Help extends string>(help: Help) {
  return {
    "control-token-file": { type: "string", value: "<file>", help },
    "control-token": {
      type: "string",
      value: "<text>",
      help: `the same as an argument, which other users of this machine can see;\nor set ${CONTROL_TOKEN_VARIABLE}`,
    },
  } as const satisfies OptionGroups[string];
}

type TokenValues = Values<{ readonly all: ReturnType<typeof controlTokenOptions> }>;

/** More than any token. A device file has no end. */
const READ_BYTES = 65_536;

/** undefined if no token is set. Options take precedence over the variable. Throws a `CommandError` for an unusable token. */
export async function controlTokenOf(
  values: TokenValues,
  env: Surroundings["env"],
  command?: string,
): Promise<string | undefined> {
  const { "control-token": argument, "control-token-file": file } = values;
  if (argument !== undefined && file !== undefined)
    throw wrongUsage("--control-token and --control-token-file cannot be combined", command);
  if (argument !== undefined) return checked(argument, "--control-token", command);
  if (file !== undefined) return checked(await tokenIn(file, command), `--control-token-file ${file}`, command);
  const variable = env[CONTROL_TOKEN_VARIABLE];
  return variable === undefined ? undefined : checked(variable, CONTROL_TOKEN_VARIABLE, command);
}

function checked(token: string, from: string, command?: string): string {
  const problem = controlTokenProblem(token);
  if (problem !== undefined) throw wrongUsage(`${from}: ${problem}`, command);
  return token;
}

/** The text of the file without the line break at its end. */
async function tokenIn(file: string, command?: string): Promise<string> {
  let text = "";
  try {
    for await (const chunk of createReadStream(file, { encoding: "utf8", end: READ_BYTES })) text += chunk;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw wrongUsage(`--control-token-file: the file cannot be read: ${reason}`, command);
  }
  return text.replace(/\r?\n$/, "");
}
