const PATH_LENGTH_MAX = 2_000;

/** Where to go after signing in: a path of this tower, or `/` when what was asked for could lead elsewhere. */
export function safeNextPath(next: string | null | undefined): string {
  if (!next || next.length > PATH_LENGTH_MAX || !/^\/(?![/\\])/.test(next)) return "/";
  // Browsers drop tabs and line ends inside an address, which could turn "/\t/host" into "//host".
  return [...next].some((character) => character < " " || character === "\\") ? "/" : next;
}
