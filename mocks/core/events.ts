/** Tells who listens what happened in which sandbox. Keeps nothing: who needs the past reads the logs. */
import type { Message } from "./records.ts";

export interface MessageEvent extends Happening {
  readonly type: "message";
  readonly message: Message;
}

/** The sandbox holds something else altogether; `lastMessage` is the id of the last message in it, 0 for none. */
export interface ResetEvent extends Happening {
  readonly type: "reset";
  readonly lastMessage: number;
}

/** `request`: the journal has grown. `change`: something that a snapshot holds is no longer what it was. */
export interface OtherEvent extends Happening {
  readonly type: "request" | "clock" | "change";
}

interface Happening {
  readonly clientId: string;
  /** It happened in another mock that shares the store, such as that of another tab. */
  readonly elsewhere?: true;
}

export type MockEvent = MessageEvent | ResetEvent | OtherEvent;
export type Listener = (event: MockEvent) => void;

/** The other mocks that share a store: what happens in one of them is told to all. */
export interface Peers {
  tell(event: MockEvent): void;
  listen(listener: Listener): void;
}

export class Events {
  readonly #listeners = new Set<Listener>();
  readonly #peers: Peers | undefined;

  constructor(peers?: Peers) {
    this.#peers = peers;
    peers?.listen((event) => this.#dispatch({ ...event, elsewhere: true }));
  }

  /** Whether anybody listens. */
  get hasListeners(): boolean {
    return this.#listeners.size > 0 || this.#peers !== undefined;
  }

  /** Answers a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(event: MockEvent): void {
    this.#dispatch(event);
    this.#peers?.tell(event);
  }

  #dispatch(event: MockEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
