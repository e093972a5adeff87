/** Tells who listens what happened in which sandbox. Keeps nothing: who needs the past reads the logs. */
import type { Message } from "../core/store.ts";

export interface MessageEvent {
  readonly type: "message";
  readonly clientId: string;
  readonly message: Message;
}

/** The sandbox holds something else altogether; `lastMessage` is the id of the last message in it, 0 for none. */
export interface ResetEvent {
  readonly type: "reset";
  readonly clientId: string;
  readonly lastMessage: number;
}

/** `request`: the journal has grown. `change`: something that a snapshot holds is no longer what it was. */
export interface OtherEvent {
  readonly type: "request" | "clock" | "change";
  readonly clientId: string;
}

export type MockEvent = MessageEvent | ResetEvent | OtherEvent;
export type Listener = (event: MockEvent) => void;

export class Events {
  readonly #listeners = new Set<Listener>();

  /** Whether anybody listens. */
  get heard(): boolean {
    return this.#listeners.size > 0;
  }

  /** Answers a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(event: MockEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
