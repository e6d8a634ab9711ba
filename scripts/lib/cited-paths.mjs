import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The top of the tree: a word in backticks that begins with one of these and a slash is meant as a path. */
const FOLDERS = ["app", "bench", "components", "docs", "e2e", "prisma", "public", "scripts", "server", "tools"];
/** Made by the build or by a run, so absent from a fresh clone. */
const MADE = ["bench/results.json", "public/basemap", "public/maplibre", "public/fonts", "server/generated"];
const IN_BACKTICKS = /`([^`\s]+)`/g;

/** The paths that a text cites in backticks, without a line number at the end and without placeholders. */
export function citedPaths(text) {
  const cited = [...text.matchAll(IN_BACKTICKS)].map(([, word]) => word.replace(/(:\d+)?$/, "").replace(/\/$/, ""));
  const isPath = (word) => FOLDERS.some((folder) => word.startsWith(`${folder}/`)) && !/[<>{}*$…]/.test(word);
  return cited.filter((word) => isPath(word) && !MADE.some((made) => word === made || word.startsWith(`${made}/`)));
}

/** Every path that README.md, CONTRIBUTING.md or a page of docs/ cites and that is not there, as `file: path`. */
export function missingPaths(cloneDirectory) {
  const pages = ["README.md", "CONTRIBUTING.md", ...markdownBelow(cloneDirectory, "docs")];
  return pages
    .filter((page) => existsSync(join(cloneDirectory, page)))
    .flatMap((page) => {
      const paths = citedPaths(readFileSync(join(cloneDirectory, page), "utf8"));
      return paths.filter((path) => !existsSync(join(cloneDirectory, path))).map((path) => `${page}: ${path}`);
    });
}

function markdownBelow(cloneDirectory, folder) {
  if (!existsSync(join(cloneDirectory, folder))) return [];
  return readdirSync(join(cloneDirectory, folder), { recursive: true })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
}
