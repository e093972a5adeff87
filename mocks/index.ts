/** `ciam-testkit`: the mock in process. It runs wherever `fetch` exists. */

export type {
  Account,
  AccountChange,
  Catalogue,
  ClockReading,
  CodeOrder,
  Duration,
  Exchange,
  FaultOrder,
  Message,
  MessageFilter,
  PolicyPatch,
  PolicyValues,
  Sandbox,
  Snapshot,
  Tokens,
  WaitingFault,
} from "./client/sandbox.ts";
export { type Clock, type ManualClock, manualClock } from "./core/clock.ts";
export type { Listener, MessageEvent, MockEvent, OtherEvent, ResetEvent } from "./core/events.ts";
export { type Store, StoreUnavailable } from "./core/store.ts";
// Published as PlainAnswer: a name of the package does not change with our vocabulary.
export type { PlainRequest, PlainResponse as PlainAnswer } from "./http/message.ts";
export { ControlError, type Problem } from "./http/problem.ts";
export { type AccountSeed, createMock, DEFAULT_CLIENT_ID, type Mock, type MockOptions } from "./mock.ts";
