import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { DataEngine } from '../../../../src/main/data/engine.ts'
import { openDataEngine } from '../../../../src/main/data/open-engine.ts'
import type { SourceOptions } from '../../../../src/main/data/sources/source-reader.ts'
import { readAll, type WholeSource } from './read-all.ts'

/** A real DuckDB and a temporary folder for the tests of a file; after each test nothing may be left of copies. */
export type SourceFolder = {
  readonly path: string
  readonly engine: DataEngine
  file(name: string, content: string | Uint8Array): Promise<string>
  /** Writes a file and reads all of it as text. */
  read(content: string | Uint8Array, options?: SourceOptions, name?: string): Promise<WholeSource>
}

export function useSourceFolder(memoryBytes = 512 << 20): SourceFolder {
  let path = ''
  let engine: DataEngine | undefined
  let count = 0
  const opened = (): DataEngine => {
    if (engine === undefined) throw new Error('The engine opens before the first test')
    return engine
  }
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'millrace source '))
    await mkdir(join(path, 'spill'))
    engine = await openDataEngine({ memoryBytes, threads: 2, temporaryFolder: join(path, 'spill') })
  })
  afterEach(async () => {
    expect(await readdir(join(path, 'spill'))).toEqual([])
  })
  afterAll(async () => {
    await engine?.close()
    await rm(path, { recursive: true })
  })
  const folder: SourceFolder = {
    get path() {
      return path
    },
    get engine() {
      return opened()
    },
    async file(name, content) {
      const target = join(path, name)
      await writeFile(target, content)
      return target
    },
    async read(content, options = {}, name = `table ${count++}.csv`) {
      return readAll(opened(), await folder.file(name, content), options)
    },
  }
  return folder
}
