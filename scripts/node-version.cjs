// biome-ignore-all lint: any Node has to read this.
/**
 * Loaded before each script: exits with a one-line message on an unsupported Node, and keeps what V8 compiles. Written in ES5, so
 * that any Node can parse it.
 */
var MINIMUM = 24;

/** Returns why a Node version is unsupported and how to get a supported one; undefined if it is supported. */
function refusal(version, platform, arch) {
  if (Number(version.split('.')[0]) >= MINIMUM) return undefined;
  var packaged = ['linux-x64', 'linux-arm64', 'win32-x64'].indexOf(platform + '-' + arch) >= 0;
  return (
    'This project needs Node ' +
    MINIMUM +
    ' or later, and this is Node ' +
    version +
    ': ' +
    (packaged
      ? 'run "npm ci", which installs it, and start scripts through npm.'
      : 'install it from https://nodejs.org, then run "npm ci" again.')
  );
}

exports.refusal = refusal;

var problem = refusal(process.versions.node, process.platform, process.arch);
if (problem) {
  process.stderr.write(problem + '\n');
  process.exit(1);
}

// A command loads what earlier ones have compiled; the variable is for the commands that scripts run.
if (!process.env.NODE_COMPILE_CACHE) {
  process.env.NODE_COMPILE_CACHE = require('node:path').join(__dirname, '../node_modules/.cache/compiled');
  require('node:module').enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
