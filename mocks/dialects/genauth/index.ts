/** GenAuth (Authing) V3, changing the phone number of an account: its envelope, its headers and its operations. */
import type { Dialect } from "../../dialect-kit/operation.ts";
import { channels } from "./channels.ts";
import { envelope, errorCode, texts } from "./envelope.ts";
import { genauthGetProfile } from "./get-profile.ts";
import { acceptsNoClientId, clientId, language } from "./headers.ts";
import { assumptions, differences } from "./policy.ts";
import { genauthSendSms } from "./send-sms.ts";
import { genauthUpdatePhone } from "./update-phone.ts";
import { genauthVerifyUpdatePhoneRequest } from "./verify-update-phone-request.ts";

export const genauth: Dialect<"genauth"> = {
  name: "genauth",
  basePath: "/api/v3",
  policy: differences,
  assumptions,
  scenes: channels,
  clientId,
  acceptsNoClientId,
  language,
  errorCode,
  texts,
  envelope,
  operations: { genauthSendSms, genauthVerifyUpdatePhoneRequest, genauthUpdatePhone, genauthGetProfile },
};
