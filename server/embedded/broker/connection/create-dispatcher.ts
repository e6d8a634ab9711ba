import { versionOf } from "../protocol/api.ts";
import { apiVersionsApi } from "../protocol/api-versions.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { nullableString } from "../wire/field-type.ts";
import { ProtocolError } from "../wire/protocol-error.ts";
import { Reader } from "../wire/reader.ts";
import { Writer } from "../wire/writer.ts";
import { type BoundApi, bindApi } from "./bound-api.ts";
import type { RequestContext } from "./request-context.ts";

/** Answers one request: the buffers to send, or null if the protocol knows no answer. */
export type Dispatch = (frame: Buffer, peer: Pick<RequestContext, "clientHost" | "closed">) => Promise<Buffer[] | null>;

const HEADER_VERSION = { number: 1, flexible: false };

/** Finds the API of a request by its header, and frames the answer. Anything outside the protocol is a `ProtocolError`. */
export function createDispatcher(handlers: readonly BoundApi[]): Dispatch {
  const spoken = [...handlers, apiVersionsApi].map(({ key, versionMin, versionMax }) => ({
    apiKey: key,
    minVersion: versionMin,
    maxVersion: versionMax,
  }));
  const listVersions = (errorCode: ErrorCode) => ({ errorCode, apiKeys: spoken });
  const apis = [...handlers, bindApi(apiVersionsApi, () => listVersions(ErrorCode.NONE))];
  const apiByKey = new Map(apis.map((api) => [api.key, api]));

  return async function dispatch(frame, peer) {
    const reader = new Reader(frame);
    const apiKey = reader.int16();
    const versionNumber = reader.int16();
    const correlationId = reader.int32();
    const api = apiByKey.get(apiKey);
    if (!api) throw new ProtocolError(`API ${apiKey} is not known`);
    if (versionNumber < api.versionMin || versionNumber > api.versionMax) {
      if (api.key !== apiVersionsApi.key) throw new ProtocolError(`${api.name} has no version ${versionNumber}`);
      // The one question that is always answered: from the list in it the client picks a version that exists.
      const version = versionOf(apiVersionsApi, 0);
      const writeList = (writer: Writer) =>
        apiVersionsApi.response.write(writer, listVersions(ErrorCode.UNSUPPORTED_VERSION), version);
      return frameAnswer(correlationId, writeList);
    }

    const clientId = nullableString.read(reader, HEADER_VERSION) ?? "";
    const { flexible } = versionOf(api, versionNumber);
    if (flexible) reader.skipTaggedFields();
    const writeBody = await api.run(reader, { versionNumber, clientId, ...peer });
    if (!writeBody) return null;
    // An old client must be able to read the answer to ApiVersions, so its header never grew tagged fields.
    return frameAnswer(correlationId, writeBody, flexible && api.key !== apiVersionsApi.key);
  };
}

function frameAnswer(correlationId: number, writeBody: (writer: Writer) => void, hasTaggedFields = false): Buffer[] {
  const writer = new Writer();
  writer.int32(correlationId);
  if (hasTaggedFields) writer.unsignedVarint(0);
  writeBody(writer);
  const length = Buffer.allocUnsafe(4);
  length.writeInt32BE(writer.sizeBytes, 0);
  return [length, ...writer.finish()];
}
