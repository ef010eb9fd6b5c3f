import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { collectGarbage } from '../../../src/main/store/garbage.ts'
import { publishArtifact, whatIsMissing } from '../../../src/main/store/publish-artifact.ts'
import { sealDraft } from '../../../src/main/store/seal-draft.ts'
import { recordRun, temporaryProject, writeDraft } from './temporary-project.ts'

let place: Awaited<ReturnType<typeof temporaryProject>>

beforeEach(async () => {
  place = await temporaryProject()
})
afterEach(async () => {
  await place.dispose()
})

describe('a sealed draft', () => {
  test('is named by its content, its meta data and nothing else', async () => {
    const { project } = place
    const seal = async (content: string, rows: number) =>
      (await sealDraft(await writeDraft(project, 1, 'dataset', content, { rows, schema: { columns: [] } }))).hash
    const first = await seal('a', 1)
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(await seal('a', 1)).toBe(first)
    expect(await seal('b', 1)).not.toBe(first)
    expect(await seal('a', 2)).not.toBe(first)
  })

  test('lists its files with sizes', async () => {
    const sealed = await sealDraft(await writeDraft(place.project, 1, 'recipe', 'twelve bytes'))
    expect(sealed.files.map((file) => file.name)).toEqual(['content.txt', 'meta.json'])
    expect(sealed.files[0]?.bytes).toBe(12)
    expect(sealed.bytes).toBe(sealed.files.reduce((sum, file) => sum + file.bytes, 0))
    expect(JSON.parse(await readFile(join(sealed.path, 'meta.json'), 'utf8'))).toEqual({ kind: 'recipe', meta: { columns: 1 } })
  })

  test('holds plain files and known meta data only', async () => {
    const draft = await writeDraft(place.project, 1, 'recipe', 'x')
    await mkdir(join(draft.path, 'inner'))
    await expect(sealDraft(draft)).rejects.toThrow('plain files only')
    const wrong = await writeDraft(place.project, 1, 'recipe', 'x')
    await expect(sealDraft({ ...wrong, meta: { columns: -1 } })).rejects.toThrow('columns')
  })
})

describe('an artifact', () => {
  test('is reused where an identical one is there', async () => {
    const first = await recordRun(place.project, 'model', 'same')
    const second = await recordRun(place.project, 'model', 'same')
    expect(second.sealed.hash).toBe(first.sealed.hash)
    expect(await readdir(join(place.project.path, 'artifacts', 'model'))).toEqual([first.sealed.hash])
    expect(existsSync(second.sealed.path)).toBe(false)
  })

  test('leaves no row where the process dies between its rename and its registration, and the next one takes its place', async () => {
    const { project } = place
    const sealed = await sealDraft(await writeDraft(project, 1, 'model', 'orphan'))
    await publishArtifact(project.path, project.artifacts, sealed)
    // Here the process dies: the folder is in place, no transaction has begun.
    expect(existsSync(join(project.path, 'artifacts', 'model', sealed.hash))).toBe(true)
    expect(project.artifacts.get('model', sealed.hash)).toBeUndefined()
    const again = await recordRun(project, 'model', 'orphan')
    expect(again.sealed.hash).toBe(sealed.hash)
    expect(whatIsMissing(project.artifacts.require('model', sealed.hash))).toBeUndefined()
  })

  test('that nothing knows is removed as garbage', async () => {
    const { project } = place
    const orphan = await sealDraft(await writeDraft(project, 1, 'model', 'orphan'))
    await publishArtifact(project.path, project.artifacts, orphan)
    const kept = await recordRun(project, 'model', 'kept')
    expect(await collectGarbage(project)).toEqual({ artifacts: 0, bytes: 0 })
    expect(await readdir(join(project.path, 'artifacts', 'model'))).toEqual([kept.sealed.hash])
  })

  test('is all or nothing: a transaction that fails registers nothing', async () => {
    const { project } = place
    const sealed = await sealDraft(await writeDraft(project, 1, 'model', 'x'))
    await publishArtifact(project.path, project.artifacts, sealed)
    expect(() =>
      project.durably(() => {
        project.artifacts.add(sealed, 1)
        project.stepRuns.addOutput(77, 'no such step', { name: 'out', kind: 'model', hash: sealed.hash })
      }),
    ).toThrow('FOREIGN KEY')
    expect(project.artifacts.get('model', sealed.hash)).toBeUndefined()
  })

  test('with a missing or shortened file is known to be damaged, and made whole by the next identical one', async () => {
    const { project } = place
    const { sealed } = await recordRun(project, 'model', 'whole')
    const record = project.artifacts.require('model', sealed.hash)
    await writeFile(join(record.path, 'content.txt'), 'who')
    expect(whatIsMissing(record)).toBe(`${join(record.path, 'content.txt')} has 3 bytes instead of 5`)
    await rm(record.path, { recursive: true })
    expect(whatIsMissing(record)).toBe(`${join(record.path, 'content.txt')} is missing`)
    await recordRun(project, 'model', 'whole')
    expect(whatIsMissing(record)).toBeUndefined()
  })
})
