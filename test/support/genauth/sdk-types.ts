/** Reads the type declarations of the vendor's SDK: the fields of a DTO, and which of them are required. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const MODELS = join(dirname(createRequire(import.meta.url).resolve("authing-node-sdk")), "models");

export interface Field {
  readonly name: string;
  readonly required: boolean;
  /** As it is written in TypeScript. */
  readonly type: string;
}

/** The fields of `export declare type <dto> = { ... }`, in order. */
export function fieldsOf(dto: string): readonly Field[] {
  const text = readFileSync(join(MODELS, `${dto}.d.ts`), "utf8").replace(/\/\*.*?\*\//gs, "");
  const [, body = ""] = new RegExp(`declare type ${dto} = \\{\n(.*?)^\\};`, "ms").exec(text) ?? [];
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [, name, optional, type] = /^ {4}(\w+)(\?)?: (.+);$/.exec(line) ?? [];
    if (name === undefined || type === undefined) throw new Error(`${dto}.d.ts has a member of another form: ${line}`);
    return { name, required: optional === undefined, type };
  });
}
