import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ask, millrace, start } from './command-line.ts'
import { smallPipeline, smallRows } from './small-data.ts'

/** A library of this machine: the one that a variable names, or that of an installed Python package. */
function findGivenLibrary(): string | undefined {
  const named = process.env['MILLRACE_LIBTENSORFLOW']
  if (named !== undefined) return named
  const { status, stdout } = spawnSync('python3', ['-c', "import importlib.util as u; s = u.find_spec('tensorflow'); print(s.submodule_search_locations[0] if s else '')"], { encoding: 'utf8' })
  const folder = stdout.trim()
  return status === 0 && folder !== '' && existsSync(join(folder, 'include')) ? folder : undefined
}

const library = findGivenLibrary()
const MISSING = 'No library of TensorFlow: install its Python package, or unpack its wheel and name its folder "tensorflow" in MILLRACE_LIBTENSORFLOW'
const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'setup-tensorflow.ts')

describe('npm run setup:tensorflow', () => {
  let folder: string
  let environment: NodeJS.ProcessEnv
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-tensorflow-'))
    environment = { ...process.env, MILLRACE_CONFIG: join(folder, 'config'), MILLRACE_TENSORFLOW: join(folder, 'setup') }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const setUp = (...args: readonly string[]) => promisify(execFile)(process.execPath, [script, ...args], { env: environment })

  it('says what a folder without a library lacks, and leaves nothing behind', async () => {
    await expect(setUp('--libtensorflow', folder)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('holds no TensorFlow library with its headers') as string })
    expect(existsSync(join(folder, 'setup'))).toBe(false)
    expect(existsSync(join(folder, 'setup.new'))).toBe(false)
  })

  it('makes a library of this machine a backend that passes its self-test and trains', async ({ skip }) => {
    if (library === undefined) return skip(MISSING)
    expect((await setUp('--libtensorflow', library)).stderr).toContain('trains dense, embedding, convolution, recurrence.')
    const devices = await start(['devices', '--json'], { cwd: folder, environment }).done
    expect(devices).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(devices.out)).toMatchObject({ backends: expect.arrayContaining([expect.objectContaining({ id: 'tensorflow', available: true, selfTest: 'passed' })]) as unknown })
    const project = join(folder, 'project')
    await millrace(folder, 'init', 'project')
    await writeFile(join(project, 'data.csv'), smallRows(300, { label: true }))
    await writeFile(join(project, 'small.yaml'), smallPipeline((text) => text.replace('{ estimator: linear, folds: 0 }', '{ estimator: mlp, folds: 0, params: { hidden: [8], epochs: 3, backend: tensorflow } }')))
    expect(await start(['run', 'small.yaml', '--json'], { cwd: project, environment }).done).toMatchObject({ code: 0, err: '' })
    const { run } = await ask(z.looseObject({ run: z.looseObject({ log: z.array(z.looseObject({ message: z.string() })) }) }), project, 'runs', 'show', 'latest')
    expect(run.log.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^Neural networks compute on tensorflow, .+TensorFlow/))
  })
})
