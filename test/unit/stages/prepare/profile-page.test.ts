import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { profileDataset } from '../../../../src/main/data/profile/profile-dataset.ts'
import { profilePage } from '../../../../src/main/stages/prepare/profile-page/profile-page.ts'
import { useDataFolder } from '../../data/data-folder.ts'

const folder = useDataFolder()

async function page(csv: string, sample?: number): Promise<string> {
  const { parquet, schema } = await folder.ingest(csv)
  const scratchFolder = join(folder.path, `page ${String(sample)}${csv.length}`)
  await mkdir(scratchFolder)
  return profilePage(await profileDataset(folder.engine, parquet, schema, { level: 'full', asOf: 0, scratchFolder, sample }))
}

describe('the page of a profile', () => {
  it('runs nothing and loads nothing, whatever names and values say', async () => {
    const bad = '<script>alert(1)</script>'
    const text = await page(`"${bad}","a",when\n${Array.from({ length: 30 }, (_, i) => `${i % 2 === 0 ? `"<img src=x onerror=alert(2)>"` : 'x\u202ey'},${i},2024-01-${String(1 + (i % 28)).padStart(2, '0')}`).join('\n')}\n`)
    expect(/<script|<img|javascript:|https?:\/\/(?!www\.w3\.org)/i.exec(text)?.[0]).toBeUndefined()
    expect(text.includes('&lt;script&gt;')).toBe(true)
    expect(text.includes('⟨U+202E⟩')).toBe(true)
    expect(text.includes("default-src 'none'")).toBe(true)
    expect(/prefers-color-scheme:\s?dark/.test(text)).toBe(true)
  })

  it('says in its head and at its foot that it samples', async () => {
    const text = await page(`x\n${Array.from({ length: 2000 }, (_, i) => (i * 7919) % 2003).join('\n')}\n`, 300)
    expect(text.match(/sample of/gi)?.length).toBeGreaterThanOrEqual(2)
    expect(text.includes('of 2,000 rows')).toBe(true)
  })

  it('stays small with 2,000 columns', async () => {
    const names = Array.from({ length: 2000 }, (_, i) => `c${i}`)
    const text = await page(`${names.join(',')}\n${[1, 2, 3, 4].map((row) => names.map((_, i) => (i * row) % 11).join(',')).join('\n')}\n`)
    expect(text.length).toBeLessThan(6e6)
    expect(text.includes('Details of 1,800 further columns')).toBe(true)
  }, 120_000)
})
