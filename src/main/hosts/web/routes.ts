import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { decodeMessage } from '#shared/contract/wire.ts'
import { MillraceError } from '#shared/errors.ts'
import { windowSearch } from '#shared/window-address.ts'
import type { Log } from '../../base/log.ts'
import { oneLine } from '../../base/one-line.ts'
import { systemError } from '../../base/system-error.ts'
import type { Engine } from '../../services/engine/create-engine.ts'
import { pageFile } from '../page/page-file.ts'
import { errorAnswer, resultAnswer, sentencePage, statusOf } from './answers.ts'
import type { EventFeed } from './event-feed.ts'
import { hostProblem, noSession, originProblem, type RequestOrigin } from './gate.ts'
import { readBody, type BodyLimits } from './read-body.ts'
import type { Sessions } from './sessions.ts'
import { slicedBody } from './sliced-body.ts'
import { receiveUpload } from './upload.ts'

/** What the routes answer with. */
export type RouteParts = {
  readonly engine: Pick<Engine, 'call'>
  readonly feed: EventFeed
  readonly sessions: Sessions
  readonly log: Log
  /** Folder of the built page. */
  readonly page: string
  /** Folder that uploads go to. */
  readonly uploads: string
  /** The project that the window opens first. */
  readonly project: string | undefined
  readonly limits?: BodyLimits
}

/** A message of the window is a few kilobytes; a pipeline's text has a million characters at most, of up to four bytes. */
const callLimits: BodyLimits = { bytes: 5e6, milliseconds: 30_000 }

/** Everything that the web host answers; what is not meant for it is refused with a typed error and a line in the log. */
export function createRoutes(parts: RouteParts): Hono {
  const { sessions, log } = parts
  const app = new Hono()
  const warn = (request: Request, why: string): void => log.warn(`Refused ${request.method} ${pathOf(request)}: ${withoutSecrets(why, 300)}`)
  const refuse = async (request: Request, error: MillraceError, status: number): Promise<Response> => {
    warn(request, `${error.data.headline}. ${error.message}`)
    return errorAnswer(error, status)
  }
  app.use(async ({ req: { raw } }, next) => {
    const problem = hostProblem(originOf(raw))
    if (problem !== undefined) return refuse(raw, problem, 403)
    return next()
  })
  app.get('/open/:token', ({ req }) => openSession(req.raw, req.param('token'), parts))
  app.use('/api/*', async ({ req: { raw } }, next) => {
    const problem = originProblem(originOf(raw))
    if (problem !== undefined) return refuse(raw, problem, 403)
    if (!sessions.holds(headerOf(raw, 'cookie'))) return refuse(raw, noSession(), 401)
    return next()
  })
  app.post('/api/call/:method', async (context) => {
    const input = decodeMessage(await readBody(context.req.raw, parts.limits ?? callLimits))
    return resultAnswer(await parts.engine.call(context.req.param('method'), input))
  })
  app.get('/api/events', (context) => {
    const stream = parts.feed.open(context.req.header('last-event-id'))
    return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } })
  })
  app.post('/api/upload', async (context) => {
    const body = context.req.raw.body
    if (body === null) throw new MillraceError({ code: 'refused', headline: 'The upload has no content', nextStep: 'Choose the file again.' })
    const length = context.req.header('content-length')
    const path = await receiveUpload(body, parts.uploads, context.req.query('name') ?? '', length === undefined ? undefined : Number(length))
    log.info(`Received ${path}`)
    return resultAnswer({ ok: true, value: { path } })
  })
  app.all('/api/*', ({ req: { raw } }) => refuse(raw, notThere(), 404))
  app.get('*', async ({ req: { raw } }) => {
    if (!sessions.holds(headerOf(raw, 'cookie'))) {
      warn(raw, 'no session')
      return sentencePage('This window opens with the address that Millrace prints where it was started. Each address works once; press Enter there for another one.', 401)
    }
    return answerFile(parts.page, raw)
  })
  app.notFound(({ req: { raw } }) => refuse(raw, notThere(), 404))
  app.onError(async (thrown, { req: { raw } }) => {
    const error = systemError(thrown)
    warn(raw, String(error))
    return errorAnswer(error, statusOf(error))
  })
  return app
}

function headerOf(request: Request, name: string): string | undefined {
  return request.headers.get(name) ?? undefined
}

function pathOf(request: Request): string {
  return withoutSecrets(new URL(request.url).pathname, 100)
}

/** As long as the token of an address, which opens the window, and the secret of a session: no log may keep one. */
const SECRET = /[\w-]{40,}/g

function withoutSecrets(text: string, longest: number): string {
  return oneLine(text.replaceAll(SECRET, '…'), longest)
}

function notThere(): MillraceError {
  return new MillraceError({ code: 'refused', headline: 'The window asked for something that does not exist', nextStep: 'Reload the window.' })
}

function originOf(request: Request): RequestOrigin {
  const header = (name: string): string | undefined => headerOf(request, name)
  return { method: request.method, host: header('host'), origin: header('origin'), site: header('sec-fetch-site'), type: header('content-type') }
}

/** Takes the token of the printed address for a session, and goes on to the page. */
function openSession(request: Request, token: string, { sessions, log, project }: RouteParts): Response {
  const goOn = `/${windowSearch(project)}`
  // A browser that fetches ahead what its user may open must not use the token up.
  if (/prefetch|prerender/.test(headerOf(request, 'sec-purpose') ?? '')) return new Response(null, { status: 503 })
  const secret = sessions.open(token)
  if (secret === undefined) {
    if (sessions.holds(headerOf(request, 'cookie'))) return sentencePage('Opening Millrace …', 200, goOn)
    log.warn('Refused an address that is unknown or was used')
    return sentencePage('This address was used already or is not known. Press Enter where Millrace was started for another one.', 401)
  }
  // The page goes on by itself and not by a redirect: a link on another site would take the cookie away on the way.
  const answer = sentencePage('Opening Millrace …', 200, goOn)
  answer.headers.set('set-cookie', `${sessions.cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`)
  return answer
}

async function answerFile(folder: string, request: Request): Promise<Response> {
  const path = new URL(request.url).pathname
  const file = pageFile(folder, path)
  const packed = file !== undefined && acceptsGzip(request) ? await readFile(`${file.path}.gz`).catch(() => undefined) : undefined
  const content = packed ?? (file === undefined ? undefined : await readFile(file.path).catch(() => undefined))
  if (file === undefined || content === undefined) return sentencePage('There is no such page.', 404)
  const headers = new Headers({
    ...file.headers,
    vary: 'accept-encoding',
    // Names of assets change with their content; the page itself is asked for anew each time.
    'cache-control': path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
  if (packed !== undefined) headers.set('content-encoding', 'gzip')
  headers.set('content-length', String(content.byteLength))
  return new Response(slicedBody(content), { headers })
}

/** The page is packed when it is built: packing it here would take the time of the thread that answers. */
function acceptsGzip(request: Request): boolean {
  return /(^|[\s,])gzip\s*($|[,;])(?!\s*q=0(\.0*)?\s*($|,))/.test(headerOf(request, 'accept-encoding') ?? '')
}
