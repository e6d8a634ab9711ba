import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A way to a server that can be shut, slowed and opened again while both ends believe in an ordinary network. */
export class Door {
  /** How long each piece waits on its way to the server. */
  delayMs = 0;
  #server: Server | null = null;
  #ownPort = 0;
  readonly #sockets = new Set<Socket>();

  constructor(
    private readonly host: string,
    private port: number,
  ) {}

  /** Where clients connect to: the same port each time it is opened. */
  get address(): { host: string; port: number } {
    return { host: "127.0.0.1", port: this.#ownPort };
  }

  /** The server has moved. */
  leadTo(port: number): void {
    this.port = port;
  }

  async open(): Promise<void> {
    this.#server = createServer((socket) => this.#join(socket, connect(this.port, this.host)));
    this.#server.listen(this.#ownPort, "127.0.0.1");
    await once(this.#server, "listening");
    this.#ownPort = (this.#server.address() as { port: number }).port;
  }

  /** What is on its way is cut off at once, and nobody is let in. */
  close(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(client: Socket, server: Socket): void {
    for (const end of [client, server]) {
      this.#sockets.add(end);
      end.on("error", () => end.destroy());
      end.on("close", () => {
        this.#sockets.delete(end);
        client.destroy();
        server.destroy();
      });
    }
    server.pipe(client);
    let last = Promise.resolve();
    client.on("data", (bytes: Buffer) => {
      const { delayMs } = this;
      // One after the other, so that pieces with different delays keep their order.
      last = last.then(() => pause(delayMs)).then(() => void server.write(bytes));
    });
  }
}

const pause = (ms: number) => (ms === 0 ? Promise.resolve() : new Promise<void>((done) => setTimeout(done, ms)));
