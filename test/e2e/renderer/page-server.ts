import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { pageFile } from '../../../src/main/hosts/page/page-file.ts'

/** The built page on a loopback port, with the headers that the window serves it with. */
export async function servePage(folder: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const file = pageFile(folder, new URL(request.url ?? '/', 'http://page').pathname)
    if (file === undefined) {
      response.writeHead(404).end()
      return
    }
    readFile(file.path).then(
      (body) => response.writeHead(200, file.headers).end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
