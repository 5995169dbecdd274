// The site's own search: Fuse.js over the published index, with the site's weights.
// node fuse.mjs INDEX.json QUERIES.json, where fuse.js can be resolved; prints JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [index, queries, packages] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${packages}/`));
const Fuse = require("fuse.js");
const fuse = new (Fuse.default ?? Fuse)(JSON.parse(readFileSync(index, "utf8")), {
  shouldSort: true,
  ignoreLocation: true,
  threshold: 0.0,
  includeMatches: true,
  keys: [
    { name: "title", weight: 0.8 },
    { name: "section", weight: 0.2 },
    { name: "summary", weight: 0.6 },
    { name: "content", weight: 0.4 },
  ],
});
const answers = JSON.parse(readFileSync(queries, "utf8")).map((query) => {
  const begin = performance.now();
  const hits = fuse.search(query);
  return { milliseconds: performance.now() - begin, ids: hits.map((hit) => hit.item.permalink) };
});
console.log(JSON.stringify(answers));
