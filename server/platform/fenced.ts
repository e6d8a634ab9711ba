/** A write found that another process owns the partition by now: nothing was written, and this owner must stop. */
export class Fenced extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Fenced";
  }
}
