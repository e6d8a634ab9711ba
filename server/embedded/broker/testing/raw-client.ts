import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { FrameSplitter } from "../connection/frame-splitter.ts";
import { type Api, versionOf } from "../protocol/api.ts";
import { nullableString } from "../wire/field-type.ts";
import { Reader } from "../wire/reader.ts";
import { Writer } from "../wire/writer.ts";

const ANSWER_BYTES_MAX = 64 * 1024 * 1024;

/** Speaks single requests of the protocol over one socket, where a test needs more say than a real client leaves. */
export class RawClient {
  readonly socket: Socket;
  readonly #splitter = new FrameSplitter(ANSWER_BYTES_MAX);
  readonly #waiting: ((answer: Buffer) => void)[] = [];
  #correlationId = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      for (const frame of this.#splitter.push(chunk)) this.#waiting.shift()?.(frame);
    });
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.setNoDelay(true);
    return new RawClient(socket);
  }

  /** Resolves when the other side has closed. */
  async closed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, "close");
  }

  async request<Request, Response>(
    api: Api<Request, Response>,
    versionNumber: number,
    body: Request,
  ): Promise<Response> {
    const answer = new Promise<Buffer>((resolve) => this.#waiting.push(resolve));
    for (const bytes of encodeRequest(api, versionNumber, this.#correlationId++, body)) this.socket.write(bytes);
    const reader = new Reader(await answer);
    const version = versionOf(api, versionNumber);
    reader.int32();
    if (version.flexible && api.name !== "ApiVersions") reader.skipTaggedFields();
    return api.response.read(reader, version);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** A whole request with its length, as buffers to send one after the other. */
export function encodeRequest<Request>(
  api: Api<Request, unknown>,
  versionNumber: number,
  correlationId: number,
  body: Request,
): Buffer[] {
  const version = versionOf(api, versionNumber);
  const writer = new Writer();
  writer.int16(api.key);
  writer.int16(versionNumber);
  writer.int32(correlationId);
  nullableString.write(writer, "raw", { number: 1, flexible: false });
  if (version.flexible) writer.unsignedVarint(0);
  api.request.write(writer, body, version);
  const length = Buffer.alloc(4);
  length.writeInt32BE(writer.sizeBytes);
  return [length, ...writer.finish()];
}
