import { once } from "node:events";
import { connect, type Socket } from "node:net";

const PRODUCE = 0;
const VERSION = 7;
const TIMEOUT_MS = 30_000;
const CLIENT = "bench";

/** Sends record batches as plain Produce requests, one at a time, without a client library in between. */
export async function openRawProducer(address: string, topic: string) {
  const [host, port] = address.split(":") as [string, string];
  const socket = connect(Number(port), host);
  socket.setNoDelay(true);
  await once(socket, "connect");
  let correlation = 0;

  return {
    async send(batches: readonly { partition: number; batch: Buffer }[]): Promise<void> {
      correlation += 1;
      const request = encodeRequest(correlation, topic, batches);
      const answer = readAnswer(socket);
      socket.write(request);
      await answer;
    },
    close: () => socket.destroy(),
  };
}

function encodeRequest(
  correlation: number,
  topic: string,
  batches: readonly { partition: number; batch: Buffer }[],
): Buffer {
  const parts = [
    int16(PRODUCE),
    int16(VERSION),
    int32(correlation),
    text(CLIENT),
    int16(-1), // no transaction
    int16(-1), // acknowledged by all replicas
    int32(TIMEOUT_MS),
    int32(1),
    text(topic),
    int32(batches.length),
    ...batches.flatMap(({ partition, batch }) => [int32(partition), int32(batch.length), batch]),
  ];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([int32(length), ...parts]);
}

/** The answer's content does not matter here: the lane counts what arrived. */
function readAnswer(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const onData = (data: Buffer) => {
      received = Buffer.concat([received, data]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      socket.off("data", onData);
      socket.off("error", reject);
      resolve();
    };
    socket.on("data", onData);
    socket.once("error", reject);
  });
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

const text = (value: string): Buffer => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
