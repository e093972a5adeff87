/** The test file that `verify` runs in vitest: the suite, with the options of the command line. */
import { inject } from "vitest";
import { controlTarget } from "../target/control-target.ts";
import { moduleTarget } from "../target/module-target.ts";
import { describeContract } from "./suite.ts";
import type { VerifyOptions } from "./verify.ts";

declare module "vitest" {
  interface ProvidedContext {
    ciamVerify: VerifyOptions;
  }
}

const { target, options } = inject("ciamVerify");

const name = "file" in target ? target.file : target.baseUrl;
describeContract(() => ("file" in target ? moduleTarget(target) : controlTarget(target)), { ...options, name });
