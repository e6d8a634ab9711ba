import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import { deserialize, serialize } from "node:v8";

const NONCE_BYTES = 32;
const PROOF_BYTES = 32;
const HEAD_BYTES = 4;
const FRAME_BYTES_MAX = 256 << 20;
const HANDSHAKE_MS_MAX = 5_000;
/** A reader that is behind by so much is cut off: it comes again, and is told the whole state. */
const QUEUE_BYTES_MAX = 64 << 20;

/** The key that processes of one tower prove to each other to have. It never crosses the wire. */
export const peerKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "", "wheelhouse:peers", PROOF_BYTES));

type Side = "lanes" | "web";
const otherSide = (side: Side): Side => (side === "lanes" ? "web" : "lanes");

/**
 * One connection between two processes of the tower. Each proves first that it holds the tower's secret; nothing that the
 * other sends is looked at before. Not encrypted: between hosts it belongs on a network of its own.
 */
export class PeerSocket<Out, In> {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #bytes = 0;
  #wanted = HEAD_BYTES;
  #body = false;
  #listener: ((message: In) => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Resolves once both sides have shown that they belong together; otherwise the connection is closed. */
  static async shakeHands<Out, In>(socket: Socket, side: Side, key: Buffer): Promise<PeerSocket<Out, In>> {
    const timer = setTimeout(
      () => socket.destroy(new Error("the other process did not prove itself in time")),
      HANDSHAKE_MS_MAX,
    );
    socket.on("error", () => {}); // told by its close
    try {
      socket.setNoDelay(true);
      const own = randomBytes(NONCE_BYTES);
      socket.write(own);
      const theirs = await readBytes(socket, NONCE_BYTES);
      socket.write(proofOf(key, side, own, theirs));
      const proof = await readBytes(socket, PROOF_BYTES);
      if (!timingSafeEqual(proof, proofOf(key, otherSide(side), theirs, own)))
        throw new Error("the other process has another secret");
      return new PeerSocket<Out, In>(socket);
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** From here on messages are read. */
  listen(listener: (message: In) => void): void {
    this.#listener = listener;
    this.#socket.on("data", (bytes: Buffer) => this.#take(bytes));
    this.#socket.resume();
  }

  send(message: Out): void {
    if (this.#socket.destroyed) return;
    if (this.#socket.writableLength > QUEUE_BYTES_MAX) {
      this.close();
      return;
    }
    const body = serialize(message);
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32LE(body.length);
    this.#socket.cork();
    this.#socket.write(head);
    this.#socket.write(body);
    this.#socket.uncork();
  }

  closed(listener: () => void): void {
    if (this.#socket.destroyed) listener();
    else this.#socket.once("close", listener);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#received.push(bytes);
    this.#bytes += bytes.length;
    while (this.#bytes >= this.#wanted) {
      const whole = Buffer.concat(this.#received, this.#bytes);
      const piece = whole.subarray(0, this.#wanted);
      this.#received = [whole.subarray(this.#wanted)];
      this.#bytes -= this.#wanted;
      if (this.#body) this.#listener?.(deserialize(piece) as In);
      this.#wanted = this.#body ? HEAD_BYTES : piece.readUInt32LE(0);
      this.#body = !this.#body;
      if (this.#wanted > FRAME_BYTES_MAX) this.close();
    }
  }
}

/** Of a side, over both nonces in its own order: neither can be answered with what the other has sent. */
const proofOf = (key: Buffer, side: Side, own: Buffer, theirs: Buffer): Buffer =>
  createHmac("sha256", key).update(side).update(own).update(theirs).digest();

function readBytes(socket: Socket, bytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const read = socket.read(bytes) as Buffer | null;
      if (read === null) return;
      done();
      resolve(read);
    };
    const gone = (error?: Error) => {
      done();
      reject(error ?? new Error("the other process hung up"));
    };
    const closed = () => gone();
    const done = () => {
      socket.off("readable", look);
      socket.off("error", gone);
      socket.off("close", closed);
    };
    socket.on("readable", look);
    socket.on("error", gone);
    socket.on("close", closed);
    look();
  });
}
