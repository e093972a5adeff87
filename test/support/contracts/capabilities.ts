/** The names of all capabilities, as contracts/target/target.ts defines them. */
import { type Capability, capabilitiesOf, type Target } from "../../../contracts/target/target.ts";

/** A target that has every function; none of them is ever called. */
const everything = new Proxy({} as Target, { get: (_target, name) => (name === "codeSemantics" ? "unique" : name) });

export const everyCapability: readonly Capability[] = capabilitiesOf(everything);
