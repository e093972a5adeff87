/** Verification codes in a world: planted by the target, or sent by the API and read where they arrive. */
import { codecOf } from "../spec/dialects/index.ts";
import { NotOffered } from "../target/target.ts";
import type { Base } from "./base.ts";
import type { Captchas } from "./captcha.ts";
import type { Controls } from "./controls.ts";
import { described } from "./expect.ts";
import { offered } from "./offered.ts";
import { preparing } from "./preparing.ts";
import { canonical, nationalPart } from "./receivers.ts";
import { type Code, type Draft, NotArranged, type Reply, type SentCode, type World } from "./world.ts";

/** Digits of a planted code. */
const CODE_LENGTH = 6;
const LONGEST_LIFE_S = 600;

type Place = { readonly to: string; readonly scene: string };
type Sources = Base & Captchas & Controls;

/** `claims` says whether the target has an operation. */
export function codesOf(
  world: Sources,
  claims: (operation: string) => boolean,
): Pick<World, "code" | "sentCode" | "anotherCode" | "expiredCode"> {
  const { target, secrets, random } = world;

  async function planted({ to, scene }: Place, expiresIn = LONGEST_LIFE_S): Promise<Code> {
    const code = await offered(target, "plantCode")({ to, scene, code: random.digits(CODE_LENGTH), expiresIn });
    secrets.add("verify_code", code);
    return { to, scene, code };
  }

  async function sent(place: Place): Promise<SentCode> {
    const operation = sendingOperation(place.scene);
    if (!claims(operation))
      throw new NotOffered(`the target does not offer codes of ${place.scene}: it has no ${operation}; offer "codes"`);
    const code = await sendAndRead(world, place);
    secrets.add("verify_code", code.code);
    return code;
  }

  const code = (place: Place) => (target.plantCode === undefined ? sent(place) : planted(place));

  return {
    code: async (place) => code(place),
    sentCode: sent,
    async anotherCode({ to, scene, code: before }) {
      if (target.plantCode === undefined) await allowResending(world);
      const another = await code({ to, scene });
      if (another.code === before) throw new NotArranged("the target gave the same code twice");
      return another;
    },
    async expiredCode(place) {
      if (target.plantCode !== undefined) return planted(place, 0);
      // The case may have sent a code to this receiver already.
      await allowResending(world);
      const expiring = await sent(place);
      await world.advance((expiring.expiresIn ?? world.figure("code_ttl_seconds")) + 1);
      return expiring;
    },
  };
}

async function sendAndRead(world: Sources, { to, scene }: Place): Promise<SentCode> {
  const readCode = offered(world.target, "readCode");
  const spellings = [...new Set(spellingsOf(to, scene))];
  let refused = "";
  for (const written of spellings) {
    const earlier = await readCode({ to: written, scene, wait: 0 });
    const reply = await world.send(await sendingDraft(world, written, scene));
    const asked = `${reply.operation} for ${scene}`;
    refused = `${asked} returned ${refusalIn(world, reply)}`;
    if (!reply.succeeded) continue;
    const read = await readCode({ to: written, scene, ...(earlier?.id === undefined ? {} : { after: earlier.id }) });
    if (read === undefined) throw new NotArranged(`${asked} returned ${reply.status}, but no code arrived`);
    const { code, expiresIn } = read;
    return { to, scene, code, ...(expiresIn === undefined ? {} : { expiresIn }) };
  }
  throw new NotArranged(refused);
}

/** The page asks for the area code in this scene, and does not say how to write it. */
export function spellingsOf(to: string, scene: string): readonly string[] {
  return scene === "UPDATE_PWD_SMS" ? [canonical(to), to] : [to];
}

/** The operation that sends a code for the scene. The name of a scene tells its dialect and channel. */
function sendingOperation(scene: string): string {
  if (scene.startsWith("CHANNEL_")) return "genauthSendSms";
  return scene.endsWith("_EMS") ? "sendEmail" : "sendSms";
}

async function sendingDraft(world: Sources, to: string, scene: string): Promise<Draft> {
  const operation = sendingOperation(scene);
  if (operation === "genauthSendSms")
    return preparing(world.draft(operation, { body: { channel: scene, phoneNumber: nationalPart(to) } }));
  const receiver = operation === "sendEmail" ? { email: to } : { mobile: to };
  const captcha_token = await world.captchaPass(to);
  return preparing(world.draft(operation, { body: { ...receiver, type: scene, captcha_token } }));
}

/** The status with the error code. Without the text, which may differ from case to case. */
function refusalIn({ operation }: Sources, reply: Reply): string {
  const refusal = codecOf(operation(reply.operation).dialect).refusalOf(reply, reply.json);
  return refusal === undefined ? described(reply) : `${reply.status} ${refusal.code}`;
}

async function allowResending({ target, setPolicy, advance, figure }: Sources): Promise<void> {
  if (target.setPolicy !== undefined) await setPolicy({ code_resend_seconds: 0 });
  else await advance(figure("code_resend_seconds") + 1);
}
