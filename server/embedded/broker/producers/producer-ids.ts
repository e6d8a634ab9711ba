import { z } from "zod";
import { readFileIfThere, writeFileAtomically } from "../files.ts";

/** Ids are taken from the file in blocks, so a crash wastes some and never gives one out twice. */
const BLOCK_SIZE = 1000;
const Stored = z.object({ nextBlockStart: z.number().int().min(0) });

export class ProducerIds {
  readonly #path: string;
  #next = 0;
  #blockEnd = 0;

  constructor(path: string) {
    this.#path = path;
  }

  next(): number {
    if (this.#next === this.#blockEnd) this.#takeBlock();
    return this.#next++;
  }

  #takeBlock(): void {
    const text = readFileIfThere(this.#path);
    const { nextBlockStart } = Stored.parse(text === null ? { nextBlockStart: 1 } : JSON.parse(text));
    const blockEnd = nextBlockStart + BLOCK_SIZE;
    writeFileAtomically(this.#path, JSON.stringify({ nextBlockStart: blockEnd }));
    this.#next = nextBlockStart;
    this.#blockEnd = blockEnd;
  }
}
