import { join } from 'node:path';
import { chooseEmulator, type Machine } from './emulator-choice.ts';

const settings = { file: join('/data', 'dynamodb.db'), port: 8123, packages: '/packages' };

/** Returns a machine with only the given files and commands. */
function machine(name: string, available: string[], user?: Machine['user']): Machine {
  const [platform, arch = ''] = name.split('-');
  return {
    platform: platform as NodeJS.Platform,
    arch,
    ...(user && { user }),
    isFile: (path) => available.includes(path),
    runs: (command, ...args) => available.includes(command) || available.includes([command, ...args].join(' ')),
  };
}

const PACKAGED = (name: string, suffix = '') => join('/packages', `@dynoxide/${name}/dynoxide${suffix}`);

test.each([
  ['linux-x64', [PACKAGED('linux-x64'), 'dynoxide', 'docker'], PACKAGED('linux-x64')],
  ['win32-x64', [PACKAGED('win32-x64', '.exe'), 'docker'], PACKAGED('win32-x64', '.exe')],
  ['linux-arm64', [PACKAGED('linux-x64'), 'dynoxide', 'docker'], 'dynoxide'],
  ['darwin-arm64', ['dynoxide'], 'dynoxide'],
  ['darwin-arm64', ['docker'], 'docker'],
  ['darwin-x64', ['docker'], 'docker'],
  ['linux-arm64', ['docker'], 'docker'],
  ['win32-x64', ['docker'], 'docker'],
])('on %s with %j the choice is %s', (name, available, command) => {
  const choice = chooseEmulator(machine(name, available), settings);
  expect(choice).toMatchObject({ command, isDynoxide: command !== 'docker' });
  if (choice.isDynoxide) expect(choice.args).toEqual(['serve', '--port', '8123', '--db-path', settings.file]);
});

test('Docker mounts its data folder, publishes on the loopback interface, writes as the user, and is stopped by name', () => {
  const { args, stop } = chooseEmulator(machine('linux-arm64', ['docker'], { uid: 1000, gid: 100 }), settings);
  expect(args.join(' ')).toBe(
    `run --rm --name dynamodb-local-8123 --publish 127.0.0.1:8123:8000 --volume ${join('/data', 'dynamodb-docker')}:/home/dynamodblocal/data --user 1000:100 amazon/dynamodb-local -jar DynamoDBLocal.jar -sharedDb -disableTelemetry -dbPath /home/dynamodblocal/data`,
  );
  expect(stop).toEqual({ command: 'docker', args: ['stop', '--time', '5', 'dynamodb-local-8123'] });
  expect(chooseEmulator(machine('darwin-arm64', ['docker']), settings).args).not.toContain('--user');
});

test.each([
  ['darwin-arm64', [], /\(darwin arm64\): neither dynoxide nor Docker is installed\. .*install and start Docker/],
  ['win32-x64', ['docker --version'], /\(win32 x64\): Docker is installed but not running\. .*start Docker,/],
])('on %s with %j the error says what to install', (name, available, message) => {
  expect(() => chooseEmulator(machine(name, available), settings)).toThrow(message);
});
