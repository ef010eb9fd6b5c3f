import { valueOf, resultSchema } from '#shared/contract/result.ts'
import { decodeMessage } from '#shared/contract/wire.ts'
import { cancelled, MillraceError } from '#shared/errors.ts'
import { z } from 'zod'
import { findBridge } from './transports/bridge.ts'

const uploadedSchema = z.object({ path: z.string() })

/**
 * The path at which the engine finds a file that was dropped on the window or chosen in it. In Electron it is where it lies; a browser
 * hands a copy over, telling `onProgress` how far it is (0 … 1).
 */
export async function handOverFile(file: File, onProgress: (fraction: number) => void = () => undefined, signal?: AbortSignal): Promise<string> {
  const path = findBridge()?.pathOf(file)
  return path === undefined || path === '' ? upload(file, onProgress, signal) : path
}

/** Sends the file as it lies on the disk. `fetch` would not tell how much was sent. */
async function upload(file: File, onProgress: (fraction: number) => void, signal: AbortSignal | undefined): Promise<string> {
  const request = new XMLHttpRequest()
  const body = await new Promise<ArrayBuffer>((resolve, reject) => {
    request.open('POST', `/api/upload?${new URLSearchParams({ name: file.name }).toString()}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'arraybuffer'
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total)
    })
    request.addEventListener('load', () => {
      resolve(request.response as ArrayBuffer)
    })
    request.addEventListener('error', () => {
      reject(new MillraceError({ code: 'disconnected', headline: 'The file could not be handed over', message: `${file.name}: the connection was lost while it was sent, or it cannot be read.`, nextStep: 'Choose the file again; folders and large files are better opened by their path on the machine.', retryable: true }))
    })
    request.addEventListener('abort', () => {
      reject(cancelled())
    })
    signal?.addEventListener('abort', () => {
      request.abort()
    })
    request.send(file)
  })
  return uploadedSchema.parse(valueOf(resultSchema.parse(decodeMessage(body)))).path
}
