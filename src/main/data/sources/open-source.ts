import type { DataEngine } from '../engine.ts'
import { isOneFile, type SourcePlace } from './files/list-files.ts'
import { openFiles } from './files/open-files.ts'
import { openFile } from './open-file.ts'
import type { OpenSource, SourceOptions } from './source-reader.ts'

/** Opens a file, or a folder, a pattern or a list of files as one table; what cannot be read is a clear error. */
export async function openSource(engine: DataEngine, place: SourcePlace, options: SourceOptions = {}): Promise<OpenSource> {
  return isOneFile(place) ? openFile(engine, place, options) : openFiles(engine, place, options)
}
