/** The messages as they arrive, and how long each code is still valid by the sandbox's clock. */
import type { Message } from "../../../client/sandbox.ts";
import { oncePerFrame } from "../../widgets/coalesce.ts";
import { element } from "../../widgets/element.ts";
import { searchField } from "../../widgets/field.ts";
import { rowsIn } from "../../widgets/rows.ts";
import { contains } from "../../widgets/search.ts";
import type { Session, View } from "../app/session.ts";
import { emptyNotice, toolbar } from "./layout.ts";
import { Log } from "./log.ts";
import { messageCard } from "./message-card.ts";

export function inbox(session: Session): View {
  const { mock, texts } = session;
  const messages = new Log<Message>();
  const list = element("ol", { className: "messages", ariaLabel: texts.views.inbox });
  const cards = rowsIn(
    list,
    ({ id }: Message) => id,
    (message) => messageCard(session, message),
  );
  const empty = emptyNotice();
  const search = searchField(texts.inbox.search, show);
  const showSoon = oncePerFrame(show);

  function show(): void {
    const text = search.value.trim().toLowerCase();
    const all = messages.newestFirst();
    const matching = all.filter(({ to, scene, code }) => contains([to, scene, code], text));
    cards.show(matching);
    empty.show(matching.length === 0, all.length === 0 ? texts.inbox.empty : texts.noMatches);
    tick();
  }

  function tick(): void {
    for (const card of cards.all()) card.tick();
  }

  return {
    element: element("div", {}, toolbar(search), empty.element, list),
    async load() {
      await messages.fill(() => mock.messages.list());
      show();
    },
    heard(event) {
      if (event.type !== "message") return;
      messages.add(event.message);
      showSoon();
    },
    tick,
  };
}
