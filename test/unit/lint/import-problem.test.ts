import { describe, expect, test } from 'vitest'
import { importProblem } from '../../../lint/floors.ts'

const good: readonly (readonly [file: string, specifier: string])[] = [
  ['src/shared/errors.ts', 'zod'],
  ['src/shared/domain/artifact.ts', './task.ts'],
  ['src/main/base/hash.ts', 'node:crypto'],
  ['src/main/base/hash.ts', '#shared/errors.ts'],
  ['src/main/learn/estimators/linear/linear.ts', '../../../table/matrix.ts'],
  ['src/main/learn/estimators/linear/linear.ts', '../../fit-context.ts'],
  ['src/main/stages/train/model.ts', '../../learn/estimators/index.ts'],
  ['src/main/stages/train/model.ts', '../../data/engine.ts'],
  ['src/main/workers/entry.ts', '../stages/index.ts'],
  ['src/main/pipeline/runner.ts', '../store/runs.ts'],
  ['src/main/services/runs.ts', '../pipeline/runner.ts'],
  ['src/main/hosts/cli/main.ts', '../../services/runs.ts'],
  ['src/main/hosts/cli/main.ts', '../../../../package.json'],
  ['src/main/index.ts', './hosts/electron/window.ts'],
  ['src/main/index.ts', 'electron'],
  ['src/main/hosts/electron/window.ts', 'electron'],
  ['src/preload/index.ts', 'electron'],
  ['src/main/data/duck.ts', '@duckdb/node-api'],
  ['src/main/store/open.ts', 'better-sqlite3'],
  ['src/main/compute/backends.ts', '@tensorflow/tfjs-core'],
  ['src/renderer/app/app.tsx', '../screens/home/home.tsx'],
  ['src/renderer/app/app.tsx', './tokens.css'],
  ['src/renderer/app/app.tsx', '../assets/loop.svg?url'],
  ['src/renderer/app/app.tsx', '#shared/errors.ts'],
  ['src/renderer/app/app.tsx', 'react'],
  ['test/unit/anything.test.ts', '../../src/main/hosts/cli/main.ts'],
  ['bench/run.ts', '../src/main/learn/estimator.ts'],
]

const bad: readonly (readonly [file: string, specifier: string, message: RegExp])[] = [
  ['src/main/learn/recipe/fit.ts', '../../data/engine.ts', /src\/main\/learn and src\/main\/data are both on floor 3: take it as an argument/],
  ['src/main/table/table.ts', '../base/rng.ts', /both on floor 1/],
  ['src/main/pipeline/runner.ts', '../serving/predictor.ts', /both on floor 6/],
  ['src/main/base/log.ts', '../pipeline/runner.ts', /floor 1, below src\/main\/pipeline on floor 6/],
  ['src/main/data/engine.ts', '../stages/step-kind.ts', /floor 3, below src\/main\/stages on floor 4/],
  ['src/main/services/runs.ts', '../hosts/cli/main.ts', /below src\/main\/hosts/],
  ['src/main/hosts/cli/main.ts', '../electron/window.ts', /Only src\/main\/index\.ts starts the Electron host/],
  ['src/main/hosts/cli/main.ts', '../../index.ts', /below src\/main\/index\.ts/],
  ['src/shared/errors.ts', 'node:fs', /No Node here: src\/shared runs in every runtime/],
  ['src/shared/errors.ts', 'path', /No Node here/],
  ['src/shared/errors.ts', 'electron', /Only src\/main\/hosts\/electron, .* may import "electron"/],
  ['src/shared/errors.ts', '../main/base/hash.ts', /src\/shared is on floor 0, below/],
  ['src/renderer/app/app.tsx', 'node:path', /the renderer is a web page/],
  ['src/renderer/app/app.tsx', 'electron', /may import "electron"/],
  ['src/renderer/app/app.tsx', 'better-sqlite3', /add a repository function in src\/main\/store/],
  ['src/renderer/app/app.tsx', '../../main/services/runs.ts', /src\/renderer imports only src\/shared and itself/],
  ['src/preload/index.ts', '../main/base/hash.ts', /src\/preload imports only src\/shared/],
  ['src/preload/index.ts', 'node:fs', /the preload is sandboxed/],
  ['src/main/services/runs.ts', '../../renderer/app/app.tsx', /Nothing in src\/main imports src\/renderer/],
  ['src/main/learn/estimators/linear/linear.ts', '@tensorflow/tfjs-core', /Only src\/main\/compute may import/],
  ['src/main/stages/ingest/file.ts', '@duckdb/node-api', /use the DataEngine/],
  ['src/main/pipeline/runner.ts', 'better-sqlite3', /Only src\/main\/store, src\/main\/data\/sources\/sqlite may import/],
  ['src/main/pipeline/runner.ts', 'electron/main', /may import "electron\/main"/],
  ['src/main/services/runs.ts', 'react', /keep the user interface in src\/renderer/],
  ['src/main/learn/tree.ts', 'node:fs/promises', /learn is pure/],
  ['src/main/stages/ingest/file.ts', 'node:fs', /StageContext/],
  ['src/main/base/hash.ts', './atomic-file', /needs its extension: .* write "\.\/atomic-file\.ts"/],
  ['src/main/base/hash.ts', '../../shared/errors.ts', /"#shared\/errors\.ts"/],
  ['src/main/base/hash.ts', '../../../test/doubles/clock.ts', /src imports nothing outside src/],
  ['src/main/extras/thing.ts', '../base/hash.ts', /stands on no floor: move it, or add its folder/],
  ['src/main/base/hash.ts', '../extras/thing.ts', /stands on no floor/],
]

describe('imports between floors', () => {
  test.for(good)('%s may import %s', ([file, specifier]) => {
    expect(importProblem(file, specifier)).toBeUndefined()
  })

  test.for(bad)('%s may not import %s', ([file, specifier, message]) => {
    expect(importProblem(file, specifier)).toMatch(message)
  })
})
