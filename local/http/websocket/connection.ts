import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { FrameSizes } from './frame-sizes.ts';

/** Limits of a connection, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
export interface ConnectionLimits {
  /** Milliseconds without a message in either direction. */
  idle: number;
  /** Milliseconds that a connection lasts. */
  lifetime: number;
  /** Bytes. */
  frame: number;
  /** Bytes sent to the client and not yet taken. AWS has a limit and does not publish it. */
  buffer: number;
}

export const DEFAULT_LIMITS: ConnectionLimits = {
  idle: 600_000,
  lifetime: 7_200_000,
  frame: 32 * 1024,
  buffer: 1024 * 1024,
};
/** Bytes of a message, in either direction. */
export const MAX_MESSAGE = 128 * 1024;

export interface Closing {
  code: number;
  reason: string;
}

const GOING_AWAY = { code: 1001, reason: 'Going away' };
const TOO_BIG = { code: 1009, reason: 'Message too big' };
const NO_BINARY = { code: 1003, reason: 'Binary frames are not supported' };
/** Codes by which the server ends a connection whose client breaks the protocol. */
const PROTOCOL_ERRORS: Record<string, Closing> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: TOO_BIG,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: TOO_BIG,
  WS_ERR_INVALID_UTF8: { code: 1007, reason: 'Invalid UTF-8' },
};
const PROTOCOL_ERROR = { code: 1002, reason: 'Protocol error' };

/** Identity of a connection, made before it is accepted. */
export interface ConnectionIdentity {
  id: string;
  /** Epoch milliseconds. */
  connectedAt: number;
  sourceIp: string;
  userAgent: string;
  domainName: string;
}

/** Returns the identity of a new connection. */
export function newIdentity({ socket, headers }: IncomingMessage): ConnectionIdentity {
  return {
    id: randomId(),
    connectedAt: Date.now(),
    sourceIp: socket.remoteAddress ?? '',
    userAgent: headers['user-agent'] ?? '',
    domainName: (headers.host ?? '').replace(/:\d+$/, ''),
  };
}

/** Returns an id of API Gateway's form, such as `L0SM9cOFvHcCIhw=`. */
export function randomId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

interface Listeners {
  onMessage: (body: string) => void;
  /** Called once, when no more messages can be sent. */
  onEnd: (closing: Closing) => void;
}

/** An open WebSocket connection, which ends at the limits of API Gateway. */
export class Connection {
  readonly identity: ConnectionIdentity;
  lastActiveAt = Date.now();
  readonly #webSocket: WebSocket;
  readonly #limits: ConnectionLimits;
  readonly #listeners: Listeners;
  readonly #timers: NodeJS.Timeout[];
  #isEnded = false;

  constructor(
    identity: ConnectionIdentity,
    webSocket: WebSocket,
    socket: Socket,
    limits: ConnectionLimits,
    listeners: Listeners,
  ) {
    this.identity = identity;
    this.#webSocket = webSocket;
    this.#limits = limits;
    this.#listeners = listeners;
    const end = () => this.close(GOING_AWAY);
    this.#timers = [setTimeout(end, limits.idle), setTimeout(end, limits.lifetime)];
    const frames = new FrameSizes(limits.frame, () => this.close(TOO_BIG));
    // Before the listener of the library, which would read the whole frame.
    socket.prependListener('data', (bytes: Buffer) => frames.read(bytes));
    webSocket.on('message', (data, isBinary) => this.#receive(String(data), isBinary));
    webSocket.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (code.startsWith('WS_ERR')) this.#end(PROTOCOL_ERRORS[code] ?? PROTOCOL_ERROR);
    });
    webSocket.on('close', (code, reason) => this.#end({ code, reason: String(reason) }));
  }

  /** Sends a message; returns whether there was room for it in the buffer of a client that does not take messages. */
  send(message: string): boolean {
    if (this.#webSocket.bufferedAmount > this.#limits.buffer) return false;
    this.#webSocket.send(message);
    this.#noteActivity();
    return true;
  }

  close({ code, reason }: Closing = GOING_AWAY): void {
    this.#webSocket.close(code, reason);
    this.#end({ code, reason });
  }

  /** Breaks the connection if it is still open. */
  terminate(): void {
    this.#webSocket.terminate();
  }

  #receive(body: string, isBinary: boolean): void {
    if (this.#isEnded) return;
    if (isBinary) return this.close(NO_BINARY);
    this.#noteActivity();
    this.#listeners.onMessage(body);
  }

  #noteActivity(): void {
    this.lastActiveAt = Date.now();
    this.#timers[0]?.refresh();
  }

  #end(closing: Closing): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#listeners.onEnd(closing);
  }
}
