/**
 * The entry of each Lambda's asset: runs `main.cjs` and its parts from the code that V8 compiled when the asset was built, in
 * `<file>.<V8's version>-<architecture>.cache`. Where V8 refuses that code, as another version of it does, it compiles anew:
 * slower, and as right. A metric says so.
 */
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const SUFFIX = `.${process.versions.v8}-${process.arch}.cache`;

/** What makes a function of a file; the places in stacks are those in the file alone. */
const BEFORE = '(function (exports, require, module, __filename, __dirname) {';

/** Files that have been run, by name. */
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
    // Who asks again gets it run again.
    modules.delete(name);
    throw error;
  }
  return module.exports;
}

function run(name, module) {
  const filename = join(__dirname, name);
  // The bundler writes ASCII.
  const source = `${BEFORE}${readFileSync(filename, 'latin1')}\n})`;
  const cachedData = readIfThere(filename + SUFFIX);
  const script = new Script(source, { filename, cachedData, columnOffset: -BEFORE.length });
  if (cachedData ? script.cachedDataRejected : wasCompiled(name)) tellOfCompiling(name);
  scripts.set(name, script);
  script.runInThisContext()(module.exports, requireFrom, module, filename, __dirname);
}

function requireFrom(name) {
  return name.startsWith('./') ? load(name.slice(2)) : require(name);
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whether a file was compiled, by another V8. */
function wasCompiled(name) {
  return readdirSync(__dirname).some((file) => file.startsWith(`${name}.`) && file.endsWith('.cache'));
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function tellOfCompiling(file) {
  const service = process.env.POWERTOOLS_SERVICE_NAME ?? '';
  const Metrics = [{ Name: 'CodeCompiledAnew', Unit: 'Count' }];
  const CloudWatchMetrics = [
    { Namespace: process.env.METRICS_NAMESPACE ?? 'Graph', Dimensions: [['service']], Metrics },
  ];
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics };
  process.stdout.write(`${JSON.stringify({ _aws, service, file, v8: SUFFIX, CodeCompiledAnew: 1 })}\n`);
}

exports.handler = load('main.cjs').handler;

/** What V8 has compiled by now of each file that has been run: for the build. */
exports.compiledCode = () => new Map([...scripts].map(([name, script]) => [name + SUFFIX, script.createCachedData()]));
