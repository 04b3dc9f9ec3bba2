// biome-ignore-all lint: any Node has to read this.
/**
 * Loaded before each script: on a Node that cannot run it, says in one line which one to use. In JavaScript that every Node reads.
 */
var LEAST = 24;

/** Why a version of Node cannot run the scripts, on a machine; undefined if it can. */
function refusal(version, platform, arch) {
  if (Number(version.split('.')[0]) >= LEAST) return undefined;
  var packaged = ['linux-x64', 'linux-arm64', 'win32-x64'].indexOf(platform + '-' + arch) >= 0;
  return (
    'This project needs Node ' +
    LEAST +
    ' or later, and this is Node ' +
    version +
    ': ' +
    (packaged
      ? 'run "npm ci", which brings it, and start scripts by npm.'
      : 'install it from https://nodejs.org, then run "npm ci" again.')
  );
}

exports.refusal = refusal;

var problem = refusal(process.versions.node, process.platform, process.arch);
if (problem) {
  process.stderr.write(problem + '\n');
  process.exit(1);
}
