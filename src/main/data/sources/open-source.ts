import type { DataEngine } from '../engine.ts'
import { openFile } from './open-file.ts'
import type { OpenSource, SourceOptions } from './source-reader.ts'

/** Opens a source file; a file that cannot be read is a clear error. */
export async function openSource(engine: DataEngine, path: string, options: SourceOptions = {}): Promise<OpenSource> {
  return openFile(engine, path, options)
}
