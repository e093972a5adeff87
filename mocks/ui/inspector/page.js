/** One sandbox, one view at a time; and what to do when the server is away, locked, or knows no such sandbox. */
import { accounts } from "./accounts.js";
import { address } from "./address.js";
import { catalogue } from "./catalogue.js";
import { clockBar } from "./clock-bar.js";
import { connect } from "./connection.js";
import { asking, Refusal, Unreachable } from "./control.js";
import { faults } from "./faults.js";
import { frameOf } from "./frame.js";
import { goneNotice } from "./gone-notice.js";
import { inbox } from "./inbox.js";
import { journal } from "./journal.js";
import { noticesIn } from "./notices.js";
import { policy } from "./policy.js";
import { sandboxes } from "./sandboxes.js";
import { coalesced } from "./session.js";
import { controlToken, keepControlToken, language } from "./settings.js";
import { SandboxClock } from "./time.js";
import { tokenForm } from "./token-form.js";
import { sayingIn } from "./words.js";

/** @import { ViewName } from "./address.js" */
/** @import { Catalogue, ControlEvent, Message } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/** @type {Readonly<Record<ViewName, (session: Session) => View>>} */
const views = { inbox, journal, accounts, faults, catalogue, policy, sandboxes };

const TICK_MS = 250;

export class Page {
  sandbox = address().sandbox;
  #token = controlToken();
  #say = sayingIn(language());
  #notices = noticesIn(this.#say);
  /** @type {Promise<Catalogue> | undefined} */
  #catalogue;
  /** @type {View | undefined} None while something else must be done first. */
  #view;
  #isClosed = false;
  #again;
  #session;
  #clockBar;
  #frame;
  #connection;
  #ticking = setInterval(() => this.#tick(), TICK_MS);

  /**
   * @param {HTMLElement} root
   * @param {(focus?: string) => void} again
   */
  constructor(root, again) {
    const access = { clientId: this.sandbox, token: this.#token };
    this.#again = again;
    this.#session = this.#sessionOf(asking(access));
    this.#clockBar = clockBar(this.#session);
    this.#frame = frameOf(this.#session, {
      clock: this.#clockBar.element,
      notices: this.#notices.element,
      onLanguage: () => again("language"),
    });
    root.replaceChildren(...this.#frame.elements);
    document.documentElement.lang = this.#say.language === "zh" ? "zh-CN" : "en";
    this.#frame.showState("connecting");
    this.#connection = connect(access, {
      opened: () => this.#opened(),
      heard: (event) => this.#heard(event),
      lost: () => this.#frame.showState("lost"),
      refused: (refusal) => this.#refused(refusal),
    });
  }

  /** @param {boolean} [isMoved]  A person went there, and reads on from its heading. */
  show(isMoved = false) {
    const { view } = address();
    this.#view = views[view](this.#session);
    this.#frame.show(view, this.#view, isMoved);
    this.#load();
  }

  reload() {
    if (this.#view !== undefined) this.#load();
  }

  close() {
    this.#isClosed = true;
    this.#connection.close();
    clearInterval(this.#ticking);
    for (const dialog of document.querySelectorAll("dialog")) dialog.remove();
  }

  /**
   * @param {Session["ask"]} ask
   * @returns {Session}
   */
  #sessionOf(ask) {
    return {
      ask,
      say: this.#say,
      clientId: this.sandbox,
      clock: new SandboxClock(),
      tell: this.#notices.tell,
      attempt: (work) =>
        work().then(
          () => undefined,
          (error) => this.#failed(error),
        ),
      catalogue: () => {
        this.#catalogue ??= ask("get", "/__testkit/catalogue").catch((error) => {
          this.#catalogue = undefined;
          throw error;
        });
        return this.#catalogue;
      },
    };
  }

  /** @param {unknown} error  Of what a person wanted. */
  #failed(error) {
    if (error instanceof Refusal && error.isLocked) return this.#lock();
    const text = error instanceof Error ? error.message : String(error);
    this.#notices.complain(error instanceof Unreachable ? this.#say("unreachable") : text);
  }

  #opened() {
    this.#frame.showState("live");
    if (this.#view === undefined) this.show();
    else this.#load();
  }

  /** Reads all that is shown. */
  #load = coalesced(() =>
    this.#reading(async () => {
      await this.#clockBar.load();
      await Promise.all([this.#frame.loadSandboxes(), this.#frame.loadFaults(), this.#view?.load()]);
    }),
  );

  /** After an event. A view that is told what has happened need not be read anew. */
  #update = coalesced(() =>
    this.#reading(async () => {
      const isTold = this.#view?.heard !== undefined;
      await Promise.all([this.#clockBar.load(), this.#frame.loadFaults(), isTold || this.#view?.load()]);
    }),
  );

  /** @param {() => Promise<unknown>} read */
  async #reading(read) {
    try {
      await read();
      this.#tick();
    } catch (error) {
      // A server that is away is tried again by the connection; then all is read.
      if (error instanceof Refusal) this.#refused(error);
      else if (!(error instanceof Unreachable)) throw error;
    }
  }

  /** @param {ControlEvent} event */
  #heard(event) {
    this.#view?.heard?.(event);
    if (event.type === "message") this.#announce(event.data);
    if (event.type === "clock") this.#session.clock.read(event.data);
    else if (event.type !== "reset") this.#update();
    else if (this.#view === undefined) this.#again();
    else this.#load();
    this.#tick();
  }

  /** @param {Message} message */
  #announce({ code, to, scene }) {
    if (address().view !== "inbox") return this.#notices.tell(this.#say("arrivedShort", { code, to, scene }));
    // Digit by digit, so that no screen reader makes a large number of it.
    this.#notices.whisper(this.#say("arrived", { code: code.split("").join(" "), to }));
  }

  /** @param {Refusal} refusal */
  #refused(refusal) {
    if (this.#isClosed) return;
    if (refusal.isLocked) return this.#lock();
    if (refusal.status !== 404) return this.#notices.complain(refusal.message);
    this.#view = undefined;
    this.#frame.showState("gone");
    this.#frame.loadSandboxes().catch((error) => this.#failed(error));
    this.#frame.showInstead(goneNotice(this.#say, this.sandbox ?? "", () => this.#again()));
  }

  #lock() {
    this.#connection.close();
    this.#view = undefined;
    this.#frame.showState("locked");
    const onToken = (/** @type {string} */ token) => {
      keepControlToken(token);
      this.#again();
    };
    this.#frame.showInstead(tokenForm(this.#say, { wasTried: this.#token !== "", onToken }));
  }

  #tick() {
    this.#clockBar.tick();
    this.#view?.tick?.();
  }
}
