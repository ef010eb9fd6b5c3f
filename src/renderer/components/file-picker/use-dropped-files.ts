import { resultSchema, valueOf } from '#shared/contract/result.ts'
import { decodeMessage } from '#shared/contract/wire.ts'
import { MillraceError } from '#shared/errors.ts'
import { useState } from 'react'
import { z } from 'zod'
import { findBridge } from '../../client/transports/bridge.ts'

/** Takes files from the browser's hands. */
export type TakeFiles = {
  /** Paths that the engine can read: on the desktop the files' own, in a browser those of copies that are sent to the engine. Throws `MillraceError`. */
  take(files: FileList | readonly File[]): Promise<readonly string[]>
  /** Name of the file that is being sent; undefined while none is. */
  readonly sending: string | undefined
}

/** Dropped or chosen files as paths that the engine can read. */
export function useDroppedFiles(): TakeFiles {
  const [sending, setSending] = useState<string>()
  return {
    sending,
    async take(files) {
      const bridge = findBridge()
      const paths: string[] = []
      try {
        for (const file of files) {
          setSending(file.name)
          const own = bridge?.pathOf(file)
          paths.push(own === undefined || own === '' ? await upload(file) : own)
        }
        return paths
      } finally {
        setSending(undefined)
      }
    },
  }
}

const uploadedSchema = z.object({ path: z.string() })

async function upload(file: File): Promise<string> {
  let response: Response
  try {
    response = await fetch(`/api/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file })
  } catch (error) {
    throw new MillraceError({ code: 'disconnected', headline: `${file.name} could not be sent`, message: `The connection broke, or the file cannot be read: ${String(error)}`, nextStep: 'Choose the file again; folders are opened by their path.', retryable: true }, error)
  }
  return uploadedSchema.parse(valueOf(resultSchema.parse(decodeMessage(await response.arrayBuffer())))).path
}
