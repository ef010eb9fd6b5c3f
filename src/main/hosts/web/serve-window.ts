import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { MillraceError } from '#shared/errors.ts'
import type { Log } from '../../base/log.ts'
import { oneLine } from '../../base/one-line.ts'
import { createEngine, type Engine } from '../../services/engine/create-engine.ts'
import { errorAnswer } from './answers.ts'
import { createEventFeed, feedLimits, type FeedLimits } from './event-feed.ts'
import { createRoutes } from './routes.ts'
import { createSessions } from './sessions.ts'

/** How the window is served. */
export type ServeOptions = {
  readonly log: Log
  /** Folder of the built page. */
  readonly page: string
  /** Folder that uploads go to. */
  readonly uploads: string
  /** The project that the window opens first. */
  readonly project?: string | undefined
  /** 0 or absent: any that is free. */
  readonly port?: number | undefined
  readonly feed?: FeedLimits
}

/** The window on a loopback port. */
export type ServedWindow = {
  readonly engine: Engine
  readonly port: number
  /** A new address that opens the window in one browser, once. */
  address(): string
  /** Ends all connections and the work of the engine. */
  close(): Promise<void>
}

const loopback = '127.0.0.1'

/** Serves the window to browsers on this machine and to nobody else; nothing but loopback is listened to. */
export async function serveWindow({ log, page, uploads, project, port = 0, feed: limits = feedLimits }: ServeOptions): Promise<ServedWindow> {
  const engine = createEngine({ host: { kind: 'web', uploads }, log })
  const feed = createEventFeed(engine.subscribe, limits)
  const sessions = createSessions()
  const routes = createRoutes({ engine, feed, sessions, log, page, uploads, project })
  // Bodies have limits of their own; a large upload takes as long as it takes.
  const listener = getRequestListener(routes.fetch, { errorHandler: (error) => unreadable(error, log) })
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 0, maxHeaderSize: 16_384 }, (incoming, outgoing) => void listener(incoming, outgoing))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => endUnread(error, socket, log))
  try {
    await listen(server, port)
  } catch (error) {
    feed.close()
    await engine.close()
    throw portProblem(error, port)
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    engine,
    port: address.port,
    address: () => `http://${loopback}:${String(address.port)}/open/${sessions.issue()}`,
    async close() {
      feed.close()
      await engine.close()
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
    },
  }
}

/** What could not be taken for a request at all, e.g. one without a `Host`. */
async function unreadable(thrown: unknown, log: Log): Promise<Response> {
  const message = oneLine(String(thrown))
  log.warn(`Refused a request that is none: ${message}`)
  return errorAnswer(new MillraceError({ code: 'refused', headline: 'The request cannot be read', message, nextStep: 'Open the address that "millrace ui" prints.' }), 400)
}

/** Statuses of what Node gives up on before there is a request. */
const UNREAD: Readonly<Record<string, string>> = { HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large', ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout' }

function endUnread({ code = 'no code' }: NodeJS.ErrnoException, socket: Duplex, log: Log): void {
  // Who hangs up is not refused.
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  log.warn(`Refused a request that cannot be read: ${code}`)
  socket.end(`HTTP/1.1 ${UNREAD[code] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`)
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function portProblem(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error
  const why = code === 'EACCES' ? 'may not be used' : 'is in use'
  return new MillraceError({ code: 'busy', headline: `Port ${String(port)} ${why}`, nextStep: 'Name another one with --port, or none for any that is free.', details: { value: String(port) } }, error)
}
