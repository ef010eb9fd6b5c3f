import { execFileSync } from 'node:child_process'
import { mkdirSync, statfsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ask, millrace, refused } from './command-line.ts'
import { smallPipeline, smallRows } from './small-data.ts'

/** Makes a folder a disk of that many megabytes in memory; false where this user may mount none. */
function mountDisk(path: string, megabytes: number): boolean {
  mkdirSync(path, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const base = await mkdtemp(join(tmpdir(), 'millrace-disk-'))
const disk = join(base, 'disk')
const mounted = mountDisk(disk, 120)
if (!mounted) {
  console.warn('Left out: this user may not mount a small disk to fill')
  await rm(base, { recursive: true, force: true })
}
const project = join(disk, 'project')
const filler = join(disk, 'filler')

/** Fills the disk but for so many bytes. */
async function fill(left: number): Promise<void> {
  await rm(filler, { force: true })
  const { bavail, bsize } = statfsSync(disk)
  // A command at work may take what was counted as free: a disk that is full sooner is full all the same.
  await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - left))).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  })
}

/** Artifacts that are whole, by kind and hash; fails where one is not. */
async function artifacts(): Promise<string[]> {
  const found: string[] = []
  for (const kind of await readdir(join(project, 'artifacts'))) {
    for (const hash of kind === 'tmp' ? [] : await readdir(join(project, 'artifacts', kind))) {
      expect(await readdir(join(project, 'artifacts', kind, hash))).toContain('meta.json')
      found.push(`${kind} ${hash}`)
    }
  }
  return found.toSorted()
}

describe.skipIf(!mounted)('a full disk', () => {
  beforeAll(async () => {
    await writeFile(join(base, 'data.csv'), smallRows(200, { label: true }))
    await writeFile(join(base, 'new.csv'), smallRows(30_000, { label: false }))
    await writeFile(join(base, 'large.csv'), smallRows(400_000, { label: true }))
    await writeFile(join(base, 'small.yaml'), smallPipeline())
    for (const step of ['clean', 'split']) await writeFile(join(base, `${step}.yaml`), `name: ${step}\nsteps:\n  - { id: data, uses: ingest/dataset, with: { name: large } }\n  - { id: ${step}, uses: prepare/${step} }\n`)
    await millrace(base, 'init', project)
    await ask(z.looseObject({ status: z.literal('succeeded') }), base, 'run', 'small.yaml', '--project', project)
    await ask(z.looseObject({ rows: z.literal(200) }), base, 'import', 'data.csv', '--project', project)
  })
  afterAll(async () => {
    execFileSync('umount', [disk])
    await rm(base, { recursive: true, force: true })
  })

  it('is refused before a step begins, with figures', async () => {
    await fill(20e6)
    const error = await refused(base, 'import', 'large.csv', '--project', project)
    expect(error).toMatchObject({ exitCode: 1, code: 'disk-full', message: expect.stringMatching(/needs about .* must leave .* are free/) })
  })

  it.each([
    ['predictions', ['predict', '--deployment', 'small', '--input', 'new.csv', '--output', join(disk, 'out'), '--keep-input']],
    ['a page of an evaluation', ['report', '--html', join(disk, 'out')]],
    ['rows', ['show', 'data', '--csv', join(disk, 'out')]],
  ])('in the middle of %s leaves nothing behind', async (_what, args) => {
    await fill(args[0] === 'predict' ? 300_000 : 3000)
    expect(await refused(base, ...args, '--project', project)).toMatchObject({ exitCode: 1, code: 'disk-full', headline: 'The disk is full' })
    expect((await readdir(disk)).toSorted()).toEqual(['filler', 'project'])
  })

  /** With a small disk of its own under the work in progress: what is checked beforehand has room, the step runs out of it whenever it writes. */
  describe('in the middle of a step', () => {
    const progress = join(project, 'artifacts', 'tmp')

    beforeAll(() => rm(filler, { force: true }))

    it.each([
      ['an import', 'ingest', ['import', 'large.csv']],
      ['a cleaning', 'clean', ['run', 'clean.yaml']],
      ['a split', 'split', ['run', 'split.yaml']],
      ['a profile', 'profile', ['profile', 'large', '--target', 'label']],
    ])('%s says so, leaves nothing behind, and goes on once there is room', async (_what, step, args) => {
      const before = await artifacts()
      expect(mountDisk(progress, 1)).toBe(true)
      const refusal = refused(base, ...args, '--project', project).then(async (said) => ({ error: said, left: await readdir(progress) }))
      const { error, left } = await refusal.finally(() => execFileSync('umount', [progress]))
      expect(error).toMatchObject({ exitCode: 1, code: 'disk-full', headline: 'The disk is full', details: { step } })
      expect(error.message).toContain(progress)
      expect(error.nextStep).toContain('Free')
      expect(left).toEqual([])
      expect(await artifacts()).toEqual(before)
      expect(await millrace(base, ...args, '--project', project)).toMatchObject({ code: 0 })
      expect((await artifacts()).length).toBeGreaterThan(before.length)
    })
  })
})
