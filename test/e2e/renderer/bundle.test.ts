import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const built = join(import.meta.dirname, '../../../out/renderer')
const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).default([]), imports: z.array(z.string()).default([]), dynamicImports: z.array(z.string()).default([]) }),
)

let manifest: z.infer<typeof manifestSchema>

beforeAll(() => {
  const path = join(built, '.vite/manifest.json')
  if (!existsSync(path)) throw new Error('There is no built page: run "npm run build" first')
  manifest = manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
})

/** Sources and files that arrive with some entries, before anything is asked for on demand. */
function loadedWith(...entries: readonly string[]): { readonly sources: ReadonlySet<string>; readonly files: ReadonlySet<string> } {
  const sources = new Set<string>()
  const files = new Set<string>()
  const add = (source: string): void => {
    if (sources.has(source)) return
    sources.add(source)
    const chunk = manifest[source]
    if (chunk === undefined) throw new Error(`${source} is not in the manifest`)
    for (const file of [chunk.file, ...chunk.css]) files.add(file)
    for (const imported of chunk.imports) add(imported)
  }
  for (const entry of entries) add(entry)
  return { sources, files }
}

test('the first screen is less than 1 MB gzipped, scripts and styles together', () => {
  const { files } = loadedWith('index.html', 'screens/home/home.tsx')
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0)
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThan(1_000_000)
})

test('plots, grid, graph and editor arrive on demand, and no screen with another one', () => {
  const { sources } = loadedWith('index.html')
  const onDemand = ['components/plot/plotly.ts', 'components/table/grid.tsx', 'components/code-editor/editor.tsx', 'screens/pipeline/pipeline.tsx']
  for (const source of onDemand) {
    expect(Object.keys(manifest), source).toContain(source)
    expect([...sources], source).not.toContain(source)
  }
  const screenOf = (source: string): string | undefined => /^screens\/([^/]+)\//.exec(source)?.[1] // parts of a screen arrive on demand too
  const parts = Object.keys(manifest).filter((source) => screenOf(source) !== undefined)
  expect(new Set(parts.map(screenOf)).size).toBeGreaterThanOrEqual(11)
  for (const part of parts) {
    const others = [...loadedWith('index.html', part).sources].filter((source) => parts.includes(source) && screenOf(source) !== screenOf(part))
    expect(others, part).toEqual([])
  }
})
