import type { DataEngine } from '../engine.ts'
import { fileStamp, refuseChanged } from './file-stamp.ts'
import { isOneFile, type SourcePlace } from './files/list-files.ts'
import { openSource } from './open-source.ts'
import type { OpenSource, SourceOptions } from './source-reader.ts'

/**
 * Opens a source, hands it to `work` and closes it. A file that changes in the meantime is an error, whatever came of it:
 * rows of two versions of a file are no data.
 */
export async function useSource<T>(engine: DataEngine, place: SourcePlace, options: SourceOptions, work: (source: OpenSource) => Promise<T>): Promise<T> {
  // Files that are read as one table are each looked after where they are read.
  const path = isOneFile(place) ? place : ''
  const before = await fileStamp(path)
  let source: OpenSource | undefined
  try {
    source = await openSource(engine, place, options)
    const result = await work(source)
    await refuseChanged(path, before)
    return result
  } catch (error) {
    await refuseChanged(path, before)
    throw error
  } finally {
    await source?.close?.()
  }
}
