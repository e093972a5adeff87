/** The codec of each dialect. */
import { bamboocloud } from "./bamboocloud.ts";
import type { DialectCodec } from "./codec.ts";
import { genauth } from "./genauth.ts";

const codecs: Readonly<Record<string, DialectCodec>> = { bamboocloud, genauth };

export function codecOf(dialect: string): DialectCodec {
  const codec = codecs[dialect];
  if (codec === undefined) throw new Error(`openapi.yaml has the unknown dialect "${dialect}"; add a codec for it`);
  return codec;
}
