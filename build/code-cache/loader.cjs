/**
 * Entry point of each Lambda asset: loads `main.cjs` and its chunks with the V8 code cache from the build, in
 * `<file>.<V8 version>-<architecture>.cache`. If V8 rejects the cache, as another version does, it compiles the source, which is
 * slower, and a metric is logged.
 */
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const SUFFIX = `.${process.versions.v8}-${process.arch}.cache`;

/** Wraps a file as a module function. `columnOffset` keeps stack positions those of the file. */
const PROLOGUE = '(function (exports, require, module, __filename, __dirname) {';

/** Compiled scripts, by file name. */
const scripts = new Map();
const modules = new Map();

function load(name) {
  const known = modules.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(name, module);
  try {
    run(name, module);
  } catch (error) {
    // The next load tries again.
    modules.delete(name);
    throw error;
  }
  return module.exports;
}

function run(name, module) {
  const filename = join(__dirname, name);
  // esbuild writes ASCII.
  const source = `${PROLOGUE}${readFileSync(filename, 'latin1')}\n})`;
  const cachedData = readIfExists(filename + SUFFIX);
  const script = new Script(source, { filename, cachedData, columnOffset: -PROLOGUE.length });
  if (cachedData ? script.cachedDataRejected : hasOtherCache(name)) logCacheMiss(name);
  scripts.set(name, script);
  script.runInThisContext()(module.exports, requireFrom, module, filename, __dirname);
}

function requireFrom(name) {
  return name.startsWith('./') ? load(name.slice(2)) : require(name);
}

function readIfExists(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whether a file has a code cache of another V8. */
function hasOtherCache(name) {
  return readdirSync(__dirname).some((file) => file.startsWith(`${name}.`) && file.endsWith('.cache'));
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function logCacheMiss(file) {
  const service = process.env.POWERTOOLS_SERVICE_NAME ?? '';
  const Metrics = [{ Name: 'CodeCompiledAnew', Unit: 'Count' }];
  const CloudWatchMetrics = [
    { Namespace: process.env.METRICS_NAMESPACE ?? 'Graph', Dimensions: [['service']], Metrics },
  ];
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics };
  process.stdout.write(`${JSON.stringify({ _aws, service, file, v8: SUFFIX, CodeCompiledAnew: 1 })}\n`);
}

const { handler, parts = {} } = load('main.cjs');
// The parts that the build has joined with the entry, for those that are loaded later.
for (const [name, exports] of Object.entries(parts)) modules.set(name, { exports });

exports.handler = handler;

/** Returns the code cache of each loaded file, for the build. */
exports.compiledCode = () => new Map([...scripts].map(([name, script]) => [name + SUFFIX, script.createCachedData()]));
