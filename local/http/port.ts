import { createServer, type Server } from 'node:net';

/** Listens on the loopback interface. Rejects with an error that says what to do if the port is in use. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use. Choose another with --port.`) : error),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

/** Returns the port if it is available, or any free port for 0. Throws an error if it is in use. */
export async function availablePort(port: number): Promise<number> {
  const server = createServer();
  await listen(server, port);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : port;
}

/** Returns a free port. */
export function freePort(): Promise<number> {
  return availablePort(0);
}
