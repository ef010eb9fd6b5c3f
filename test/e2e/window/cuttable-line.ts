import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line to a port of this machine that can be cut and mended, as a tunnel to a far machine is. */
export type CuttableLine = {
  /** e.g. `http://127.0.0.1:40200` */
  readonly origin: string
  /** Ends all connections and takes no new ones. */
  cut(): Promise<void>
  /** Takes connections again, on the same port. */
  mend(): Promise<void>
}

/** A line to `port`, whole at first. */
export async function lineTo(port: number): Promise<CuttableLine> {
  const sockets = new Set<Socket>()
  const newServer = (): Server =>
    createServer((near) => {
      const far = connect(port, '127.0.0.1')
      for (const [socket, other] of [[near, far], [far, near]] as const) {
        sockets.add(socket)
        socket.pipe(other)
        socket.on('error', () => undefined)
        socket.on('close', () => {
          sockets.delete(socket)
          other.destroy()
        })
      }
    })
  const listen = (server: Server, at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, '127.0.0.1', resolve)
    })
  let server = newServer()
  await listen(server, 0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The line has no port')
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async mend() {
      server = newServer()
      await listen(server, address.port)
    },
  }
}
