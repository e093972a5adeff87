/** What every command shares: its options as a table, parsed and printed from it, and how it ends with an error. */
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import type { Output, Printer } from "./printer.ts";

export interface Surroundings {
  readonly out: Output;
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves when the process is asked to end. */
  readonly stopped: Promise<unknown>;
  /** Calls the listener for errors that no code catches, instead of ending the process. */
  onUncaught?(listener: (error: unknown) => void): void;
}

/** The same, with outputs that are safe for text of any origin. */
export interface CommandSurroundings extends Surroundings {
  readonly out: Printer;
  readonly err: Printer;
}

export const EXIT = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  inconclusive: 3,
  tooLittleDriven: 4,
  /** 128 and the number of SIGINT, as shells do. */
  interrupted: 130,
} as const;

/** The command cannot go on. The message says what is wrong and what to do; `main` prints it without a stack. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The arguments are wrong: exit code 2, with a pointer to the help of this command. */
export function wrongUsage(message: string, command = ""): CommandError {
  return new CommandError(`${message}\nTry: ciam-testkit ${command && `${command} `}--help`, EXIT.wrongUsage);
}

interface Option {
  readonly type: "string" | "boolean";
  readonly multiple?: true;
  readonly short?: string;
  /** What stands behind the name, such as `<number>`. */
  readonly value?: string;
  /** One line for the help, or more than one separated by line breaks. */
  readonly help: string;
  /** What holds without the option. */
  readonly otherwise?: string;
}

/** The heading of each group of options, and its options by name. */
export type OptionGroups = Readonly<Record<string, Readonly<Record<string, Option>>>>;

type OptionsOf<Groups extends OptionGroups> = Groups[keyof Groups] extends infer Group
  ? Group extends Readonly<Record<string, Option>>
    ? Group
    : never
  : never;
type UnionToIntersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
type ValueOf<O extends Option> = O["type"] extends "boolean"
  ? boolean
  : O extends { readonly multiple: true }
    ? string[]
    : string;

/** What the command line says of the options in `Groups`. */
export type Values<Groups extends OptionGroups> =
  UnionToIntersection<OptionsOf<Groups>> extends infer All
    ? { readonly [Name in keyof All]?: All[Name] extends Option ? ValueOf<All[Name]> : never }
    : never;

/** Reads the arguments of a command. Throws a `CommandError` for an unknown option, and for a missing or unexpected value. */
export function parse<Groups extends OptionGroups>(
  args: readonly string[],
  groups: Groups,
  command = "",
): { readonly positionals: readonly string[]; readonly values: Values<Groups> } {
  const options: ParseArgsOptionsConfig = {};
  for (const [name, { type, multiple = false, short }] of optionsIn(groups)) {
    options[name] = { type, multiple, ...(short === undefined ? {} : { short }) };
  }
  try {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
    return { positionals, values: values as Values<Groups> };
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error), command);
  }
}

/** The groups as text: an option a line, the explanations below each other. */
export function optionsText(groups: OptionGroups): string {
  const width = Math.max(...optionsIn(groups).map((entry) => nameOf(entry).length)) + 4;
  return Object.entries(groups)
    .map(
      ([title, group]) =>
        `${title}\n${Object.entries(group)
          .map((entry) => lineOf(entry, width))
          .join("")}`,
    )
    .join("\n");
}

function optionsIn(groups: OptionGroups): [string, Option][] {
  return Object.values(groups).flatMap((group) => Object.entries(group));
}

function nameOf([name, { value }]: [string, Option]): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function lineOf(entry: [string, Option], width: number): string {
  const [, { help, otherwise }] = entry;
  const text = help.replaceAll("\n", `\n${" ".repeat(width)}`);
  return `${`  ${nameOf(entry)}`.padEnd(width)}${text}${otherwise === undefined ? "" : ` (default: ${otherwise})`}\n`;
}
