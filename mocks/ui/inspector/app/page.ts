/** One sandbox, one view at a time. Also handles a server that is away or locked, and a sandbox that does not exist. */
import type { Message } from "../../../client/sandbox.ts";
import { ControlError, type ControlEvent, ForeignResponse, ServerUnreachable } from "../../../client/transport.ts";
import { textsIn } from "../../i18n/inspector/texts.ts";
import { coalesced } from "../../widgets/coalesce.ts";
import { noticeArea } from "../../widgets/notices.ts";
import { views } from "../views/views.ts";
import { address } from "./address.ts";
import { clockBar } from "./clock-bar.ts";
import { stayConnected } from "./connection.ts";
import { pageFrame } from "./frame.ts";
import { goneNotice } from "./gone-notice.ts";
import { remoteMock } from "./remote-mock.ts";
import { newSession, type View } from "./session.ts";
import { controlToken, keepControlToken, language } from "./settings.ts";
import { tokenForm } from "./token-form.ts";

const TICK_MS = 250;

const LOCKED = 401;
const NOT_FOUND = 404;

export class Page {
  readonly sandbox = address().sandbox;
  readonly #language = language();
  readonly #texts = textsIn[this.#language];
  readonly #token = controlToken();
  readonly #mock = remoteMock({ clientId: this.sandbox, controlToken: this.#token });
  readonly #notices = noticeArea(this.#texts.close);
  readonly #session = newSession({
    mock: this.#mock,
    clientId: this.sandbox,
    language: this.#language,
    notify: this.#notices.notify,
    onError: (error) => this.#failed(error),
  });
  readonly #clockBar = clockBar(this.#session);
  readonly #reopen: (focusName?: string) => void;
  readonly #frame: ReturnType<typeof pageFrame>;
  readonly #connection: ReturnType<typeof stayConnected>;
  readonly #ticking = setInterval(() => this.#tick(), TICK_MS);
  /** undefined while the user must do something else first. */
  #view: View | undefined;
  #isClosed = false;

  constructor(root: HTMLElement, reopen: (focusName?: string) => void) {
    this.#reopen = reopen;
    this.#frame = pageFrame(this.#session, {
      clock: this.#clockBar.element,
      notices: this.#notices.element,
      reopen,
    });
    root.replaceChildren(...this.#frame.elements);
    document.documentElement.lang = this.#language === "zh" ? "zh-CN" : "en";
    this.#frame.showState("connecting");
    this.#connection = stayConnected(this.#mock.events, {
      opened: () => this.#opened(),
      heard: (event) => this.#heard(event),
      lost: () => this.#frame.showState("lost"),
      refused: (error) => this.#refused(error),
    });
  }

  /** `movesFocus` when the user went there: the focus goes to the heading. */
  show(movesFocus = false): void {
    const { view } = address();
    this.#view = views[view](this.#session);
    this.#frame.show(view, this.#view, movesFocus);
    this.#load();
  }

  reload(): void {
    if (this.#view !== undefined) this.#load();
  }

  close(): void {
    this.#isClosed = true;
    this.#connection.close();
    clearInterval(this.#ticking);
    for (const dialog of document.querySelectorAll("dialog")) dialog.remove();
  }

  /** Something that the user wanted has failed. */
  #failed(error: unknown): void {
    if (error instanceof ControlError && error.problem.status === LOCKED) {
      this.#lock();
      return;
    }
    const text = error instanceof Error ? error.message : String(error);
    this.#notices.showError(error instanceof ServerUnreachable ? this.#texts.unreachable : text);
  }

  #opened(): void {
    this.#frame.showState("live");
    if (this.#view === undefined) this.show();
    else this.#load();
  }

  /** Reads everything that is shown. */
  readonly #load = coalesced(() =>
    this.#reading(async () => {
      await this.#clockBar.load();
      await Promise.all([this.#frame.loadSandboxes(), this.#frame.loadFaults(), this.#view?.load()]);
    }),
  );

  /** After an event. A view that hears events does not have to be read again. */
  readonly #update = coalesced(() =>
    this.#reading(async () => {
      const hears = this.#view?.heard !== undefined;
      await Promise.all([this.#clockBar.load(), this.#frame.loadFaults(), hears || this.#view?.load()]);
    }),
  );

  async #reading(read: () => Promise<unknown>): Promise<void> {
    try {
      await read();
      this.#tick();
    } catch (error) {
      if (error instanceof ControlError) this.#refused(error);
      else if (error instanceof ForeignResponse) this.#failed(error);
      // When the server is away, the connection tries again, and then everything is read.
      else if (!(error instanceof ServerUnreachable)) throw error;
    }
  }

  #heard(event: ControlEvent): void {
    this.#view?.heard?.(event);
    if (event.type === "message") this.#announce(event.message);
    if (event.type === "clock") this.#session.clock.read(event.clock);
    else if (event.type !== "reset") this.#update();
    else if (this.#view === undefined) this.#reopen();
    else this.#load();
    this.#tick();
  }

  #announce({ code, to, scene }: Message): void {
    const { arrived, arrivedShort } = this.#texts.inbox;
    if (address().view !== "inbox") this.#notices.notify(arrivedShort(code, to, scene));
    // Digit by digit, so that a screen reader does not read one large number.
    else this.#notices.readOut(arrived(code.split("").join(" "), to));
  }

  #refused(error: ControlError): void {
    if (this.#isClosed) return;
    const { status } = error.problem;
    if (status === LOCKED) this.#lock();
    else if (status === NOT_FOUND) this.#gone();
    else this.#notices.showError(error.message);
  }

  #gone(): void {
    this.#view = undefined;
    this.#frame.showState("gone");
    this.#session.attempt(this.#frame.loadSandboxes);
    this.#frame.showInstead(goneNotice(this.#texts, this.sandbox ?? "", () => this.#reopen()));
  }

  #lock(): void {
    this.#connection.close();
    this.#view = undefined;
    this.#frame.showState("locked");
    const onToken = (token: string) => {
      keepControlToken(token);
      this.#reopen();
    };
    this.#frame.showInstead(tokenForm(this.#texts, { wasTried: this.#token !== undefined, onToken }));
  }

  #tick(): void {
    this.#clockBar.tick();
    this.#view?.tick?.();
  }
}
