/** Tells who listens what happened in which sandbox. Keeps nothing: who needs the past reads the logs. */
import type { Message } from "../core/store.ts";

export interface MessageEvent {
  readonly type: "message";
  readonly clientId: string;
  readonly message: Message;
}

export type MockEvent = MessageEvent;
export type Listener = (event: MockEvent) => void;

export class Events {
  readonly #listeners = new Set<Listener>();

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
