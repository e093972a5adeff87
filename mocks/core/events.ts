/** Publishes what happened in which sandbox. Keeps no history: past messages and requests are in the logs of the store. */
import type { Message } from "./records.ts";

export interface MessageEvent extends Happening {
  readonly type: "message";
  readonly message: Message;
}

/** The whole content of the sandbox was replaced. `lastMessage`: the id of its last message, 0 for none. */
export interface ResetEvent extends Happening {
  readonly type: "reset";
  readonly lastMessage: number;
}

/** `request`: the journal has a new entry. `change`: a record that belongs to a snapshot has changed. */
export interface OtherEvent extends Happening {
  readonly type: "request" | "clock" | "change";
}

interface Happening {
  readonly clientId: string;
  /** Set for an event of another mock that shares the store, such as the mock of another tab. */
  readonly elsewhere?: true;
}

export type MockEvent = MessageEvent | ResetEvent | OtherEvent;
export type Listener = (event: MockEvent) => void;

/** The other mocks that share the store: each of them gets the events of all. */
export interface Peers {
  tell(event: MockEvent): void;
  listen(listener: Listener): void;
}

export class Events {
  readonly #listeners = new Set<Listener>();
  /** The listeners to one sandbox, by its client id: an event concerns few of thousands of waiting calls. */
  readonly #listenersTo = new Map<string, Set<Listener>>();
  readonly #peers: Peers | undefined;

  constructor(peers?: Peers) {
    this.#peers = peers;
    peers?.listen((event) => this.#dispatch({ ...event, elsewhere: true }));
  }

  /** Whether an event would reach a listener, here or in another mock. */
  get hasListeners(): boolean {
    return this.#listeners.size > 0 || this.#listenersTo.size > 0 || this.#peers !== undefined;
  }

  /** Returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The same, for the events of one sandbox. */
  subscribeTo(clientId: string, listener: Listener): () => void {
    const listeners = this.#listenersTo.get(clientId) ?? new Set();
    this.#listenersTo.set(clientId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listenersTo.get(clientId) === listeners) this.#listenersTo.delete(clientId);
    };
  }

  emit(event: MockEvent): void {
    this.#dispatch(event);
    this.#peers?.tell(event);
  }

  #dispatch(event: MockEvent): void {
    for (const listener of this.#listeners) listener(event);
    for (const listener of this.#listenersTo.get(event.clientId) ?? []) listener(event);
  }
}
