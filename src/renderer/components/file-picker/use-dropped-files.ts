import { useState } from 'react'
import { handOverFile } from '../../client/hand-over-file.ts'
import { formatShare } from '../format.ts'

/** Takes files from the browser's hands. */
export type TakeFiles = {
  /** Paths that the engine can read: on the desktop the files' own, in a browser those of copies that are sent to the engine. Throws `MillraceError`. */
  take(files: FileList | readonly File[]): Promise<readonly string[]>
  /** Name of the file that is being sent, and how much of it was; undefined while none is. */
  readonly sending: string | undefined
}

/** Dropped or chosen files as paths that the engine can read. */
export function useDroppedFiles(): TakeFiles {
  const [sending, setSending] = useState<string>()
  return {
    sending,
    async take(files) {
      const paths: string[] = []
      try {
        for (const file of files) {
          setSending(file.name)
          paths.push(await handOverFile(file, (fraction) => setSending(`${file.name}, ${formatShare(fraction)}`)))
        }
        return paths
      } finally {
        setSending(undefined)
      }
    },
  }
}
