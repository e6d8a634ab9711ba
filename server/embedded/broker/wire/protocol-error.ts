/** What a client sent does not follow the protocol. It costs that client its connection, and nothing else. */
export class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ProtocolError";
  }
}
