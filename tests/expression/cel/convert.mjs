// The conformance cases of the CEL specification as one line each, without what lies outside the subset.
//
//   npm pack @bufbuild/cel-spec@0.6.1 && tar xzf bufbuild-cel-spec-0.6.1.tgz
//   node convert.mjs package/dist/esm/testdata/conformance.js > cases.json
//
// A case outside the subset leaves only its name and the reason, decided by the rules below and by nothing else.
import { pathToFileURL } from "node:url";

const { tests } = await import(pathToFileURL(process.argv[2]));

// Whole sections.
const SECTIONS = {
  bindings_ext: "extension", block_ext: "extension", encoders_ext: "extension", math_ext: "extension",
  macros2: "extension", optionals: "extension", string_ext: "extension", proto2_ext: "message",
  proto2: "message", proto3: "message", enums: "message", wrappers: "message", dynamic: "message",
  namespace: "namespace",
};
// Single cases that no other rule tells.
const CASES = {
  "basic/functions/unbound": "function",
  "basic/functions/unbound_is_runtime_error": "function",
};

// Does the decimal hold this double exactly, with 18 digits and 9 of them after the point?
function fits(text) {
  const found = /^[-+]?(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text);
  if (!found) return false;
  const [, whole, fraction, exponent] = found;
  const digits = (whole + fraction).replace(/^0+/, "");
  const trailing = /0*$/.exec(digits)[0].length;
  const scale = fraction.length - Number(exponent ?? 0) - (digits ? trailing : 0);
  return !digits || (scale <= 9 && digits.length - trailing + Math.max(0, -scale) <= 18);
}

function holdsWideDouble(value) {
  if (!value || typeof value !== "object") return false;
  if ("doubleValue" in value) return !fits(String(value.doubleValue));
  return Object.values(value).some(holdsWideDouble);
}

const text = (value) => JSON.stringify(value ?? null);

function reason(path, test) {
  const section = path.split("/")[0];
  const all = test.expr + text(test.value) + text(test.bindings);
  const code = test.expr.replace(/(['"])(?:\\.|(?!\1).)*\1/g, "''");  // without what stands in quotes
  if (SECTIONS[section]) return SECTIONS[section];
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(test.expr)) return "control-character";
  if (section === "parse" && path.endsWith("receiver_function_names")) return "function";
  if (Object.keys(test.bindings ?? {}).some((name) => name.includes("."))) return "namespace";
  if (/\/\s*0\.0/.test(code)) return "double";
  if (/'(US|America|Australia|Europe|Asia\/K)/.test(test.expr)) return "zone";
  if (CASES[`${path}/${test.name}`]) return CASES[`${path}/${test.name}`];
  if (test.checkOnly || (!test.value && !test.evalError)) return "types-only";
  if (/TestAllTypes|google\.protobuf|\.Global|\bstruct_value\b/.test(test.expr)) return "message";
  if (/objectValue/.test(text(test.bindings) + text(test.value)) &&
      !/google\.protobuf\.(Timestamp|Duration)"/.test(all)) return "message";
  if (/typeValue/.test(all) || /\btype\(/.test(code)) return "type-value";
  if (/bytesValue/.test(all) || /\bbytes\(/.test(code) || /(^|[^\w])[rR]?[bB][rR]?['"]/.test(test.expr)) return "bytes";
  if (/optional|\?\.|\[\?/.test(code)) return "extension";
  const numbers = code.match(/(?<![\w.])-?(?:\d+\.\d+|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?/g) ?? [];
  const quoted = /\bdouble\(\s*['"]([^'"]*)['"]/.exec(test.expr);
  if (numbers.some((n) => !fits(n)) || (quoted && !fits(quoted[1])) ||
      holdsWideDouble(test.value) || holdsWideDouble(test.bindings)) return "double";
  return undefined;
}

// int64Value and the like to {int: "1"}, so that the kind of a number is kept.
function plain(value) {
  if (value === undefined) return undefined;
  const [kind] = Object.keys(value);
  const inner = value[kind];
  switch (kind) {
    case "int64Value": return { int: String(inner) };
    case "uint64Value": return { uint: String(inner) };
    case "doubleValue": return { decimal: String(inner) };
    case "stringValue":  // JSON of wenshu holds no control characters
      return /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/.test(inner)
        ? { codes: [...inner].map((c) => c.codePointAt(0)) } : { text: inner };
    case "boolValue": return { bool: inner };
    case "nullValue": return { null: true };
    case "listValue": return { list: (inner.values ?? []).map(plain) };
    case "mapValue": return { map: (inner.entries ?? []).map((e) => [plain(e.key), plain(e.value)]) };
    case "objectValue": return inner["@type"].endsWith("Duration") ? { duration: inner.value } : { timestamp: inner.value };
    default: throw new Error(kind);
  }
}

function convert(path, test) {
  const outside = reason(path, test);
  if (outside) return { section: path, name: test.name, outside };
  const bindings = Object.entries(test.bindings ?? {}).map(([name, bound]) => [name, plain(bound.value)]);
  return {
    section: path, name: test.name, expr: test.expr,
    ...(test.disableCheck ? { unchecked: true } : {}),
    ...(bindings.length ? { bindings: Object.fromEntries(bindings) } : {}),
    ...(test.value ? { value: plain(test.value) } : { error: true }),
  };
}

const lines = [];
(function walk(suite, path) {
  for (const { original } of suite.tests ?? []) lines.push(JSON.stringify(convert(path.join("/"), original)));
  for (const inner of suite.suites ?? []) walk(inner, [...path, inner.name]);
})(tests, []);
console.log("[\n" + lines.join(",\n") + "\n]");
