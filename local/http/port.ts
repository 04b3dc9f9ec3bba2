import { createServer, type Server } from 'node:net';

/** Listens on this machine alone; a taken port is an error that says what to do. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken: choose another with --port.`) : error),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

/** A port that can be listened on: the one asked for, or any if that is 0; a taken one is an error. */
export async function availablePort(port: number): Promise<number> {
  const server = createServer();
  await listen(server, port);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : port;
}

/** A port of this machine that nothing listens on. */
export function freePort(): Promise<number> {
  return availablePort(0);
}
