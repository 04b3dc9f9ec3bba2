import { parseArgs } from 'node:util';
import type { Message } from '@aws-sdk/client-sqs';
import type { Connection } from '../operator/connection.ts';
import { type DeadLetter, deadLetter } from '../operator/dead-letter.ts';
import { DeadLetterQueues } from '../operator/dead-letter-queues.ts';
import { Redrive } from '../operator/redrive.ts';
import { runningModel } from '../operator/running-model.ts';
import { fail, portFrom } from './command-line/arguments.ts';
import { runningSystem } from './connection.ts';

const HELP = `Usage: npm run dlq [-- COMMAND] [--port N]

Shows and retries the messages in the running system's dead-letter queues.

  (no command)     list the queues with their message counts
  show QUEUE       show the messages of a queue and their errors
  redrive QUEUE    retry each message; delete it if that succeeds

QUEUE is a name or its unique ending, such as "orders-consumer-dlq".
`;

const COMMANDS: Record<string, (connection: Connection, queue: string) => Promise<void>> = { show, redrive };

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) print(HELP);
  else await run(positionals, values.port);
} catch (error) {
  fail(error);
}

async function run([name, queue, ...others]: string[], port: string | undefined): Promise<void> {
  const command = COMMANDS[name ?? ''];
  if (name && !command) throw new Error(`There is no command "${name}".\n\n${HELP}`);
  if (command && (!queue || others.length > 0)) throw new Error(`Name one queue.\n\n${HELP}`);
  const connection = await runningSystem(portFrom(port));
  if (command && queue) await command(connection, queue);
  else await list(connection);
}

async function list(connection: Connection): Promise<void> {
  const queues = await new DeadLetterQueues(connection).all();
  if (queues.length === 0) return print('The system has no queues.\n');
  const width = Math.max(...queues.map(({ name }) => name.length));
  for (const { name, messages } of queues) print(`${name.padEnd(width)}  ${messages}\n`);
}

async function show(connection: Connection, name: string): Promise<void> {
  const queues = new DeadLetterQueues(connection);
  let count = 0;
  await queues.each(await queues.find(name), async (message) => {
    count++;
    print(`${describe(message)}\n`);
    return false;
  });
  if (count === 0) print('The queue is empty.\n');
}

async function redrive(connection: Connection, name: string): Promise<void> {
  const queues = new DeadLetterQueues(connection);
  const redriver = new Redrive(connection, runningModel(connection).mappings);
  const counts = { done: 0, failed: 0 };
  await queues.each(await queues.find(name), async (message) => {
    const error = await redriver.retry(deadLetter(message)).catch((reason: Error) => reason.message);
    print(error ? `✗ ${message.MessageId}  kept: ${error}\n` : `✓ ${message.MessageId}\n`);
    counts[error ? 'failed' : 'done']++;
    return !error;
  });
  print(`${counts.done} handled, ${counts.failed} left in the queue.\n`);
  if (counts.failed > 0) process.exitCode = 1;
}

function describe(message: Message): string {
  const letter = deadLetter(message);
  const sent = new Date(Number(message.Attributes?.SentTimestamp)).toISOString();
  return `${message.MessageId}  ${sent}  ${targetOf(letter)}\n  ${letter.reason}\n${contentOf(letter, message)}\n`;
}

function targetOf(letter: DeadLetter): string {
  if (letter.kind === 'message') return `queue ${letter.queue}`;
  return letter.kind === 'unknown' ? 'unknown function' : letter.functionArn.replace(/^.*:function:/, '');
}

function contentOf(letter: DeadLetter, { Body = '' }: Message): string {
  if (letter.kind === 'records')
    return `  Records ${letter.first} to ${letter.last} of ${letter.streamArn.replace(/^.*:table\//, 'table ')}`;
  const content = letter.kind === 'event' ? JSON.stringify(letter.event, null, 2) : Body;
  return content.replace(/^/gm, '  ');
}

function print(text: string): void {
  process.stdout.write(text);
}
