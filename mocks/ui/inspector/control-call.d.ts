/** The calls of the control protocol as types: what goes into each, what comes out. From contracts/control.yaml. */
import type { components, paths } from "../../spec/control-types.gen.ts";

export type Schemas = components["schemas"];
export type Message = Schemas["Message"];
export type Exchange = Schemas["Exchange"];
export type Account = Schemas["Account"];
export type Clock = Schemas["Clock"];
export type WaitingFault = Schemas["WaitingFault"];
export type Catalogue = Schemas["Catalogue"];
export type CataloguedOperation = Schemas["CataloguedOperation"];
export type CataloguedError = CataloguedOperation["errors"][number];
export type PolicyEntry = Catalogue["policy"][number];

type Method = "get" | "post" | "put" | "patch" | "delete";
/** The methods that a path takes. */
type MethodOf<Path extends keyof paths> = {
  [M in Method]: paths[Path][M] extends { responses: unknown } ? M : never;
}[Method];

type JsonOf<T> = T extends { content: { "application/json": infer Json } } ? Json : undefined;
type ParametersOf<Op, Kind> = Op extends { parameters: infer Parameters }
  ? Kind extends keyof Parameters
    ? NonNullable<Parameters[Kind]>
    : never
  : never;
type BodyOf<Op> = Op extends { requestBody?: infer Body } ? JsonOf<NonNullable<Body>> : never;

export interface Input<Op> {
  /** What the braces in the path stand for. */
  path?: ParametersOf<Op, "path">;
  query?: ParametersOf<Op, "query">;
  body?: BodyOf<Op>;
}

export type Output<Op> = Op extends { responses: infer Responses }
  ? JsonOf<Responses[keyof Responses & (200 | 201 | 204)]>
  : never;

/** Makes a call of the control protocol. Throws a `Refusal`, or an `Unreachable`. */
export type Ask = <Path extends keyof paths, M extends MethodOf<Path>>(
  method: M,
  path: Path,
  input?: Input<paths[Path][M]>,
) => Promise<Output<paths[Path][M]>>;

/** What the stream of events tells. */
export type ControlEvent =
  | { readonly type: "message"; readonly data: Message }
  | { readonly type: "request"; readonly data: Exchange }
  | { readonly type: "clock"; readonly data: Clock }
  | { readonly type: "reset" | "change"; readonly data: object };
